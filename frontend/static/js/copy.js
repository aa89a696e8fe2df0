// Copying a fresh link. Without this, and over plain http, the text is selected and Ctrl+C copies it.
for (const button of document.querySelectorAll('[data-copy]')) {
  button.addEventListener('click', async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = '✓';
    } catch { /* it is selected */ }
  });
}
