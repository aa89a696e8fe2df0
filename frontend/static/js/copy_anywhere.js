// As copy.js, on a page whose parts are pushed: buttons come and go.
document.addEventListener('click', async ({ target }) => {
  const button = target.closest('[data-copy]');
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    button.textContent = '✓';
  } catch { /* it is selected */ }
});
