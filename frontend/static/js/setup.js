// Copying a fresh link. Everything else on this page works by plain forms.
import './app.js';
for (const button of document.querySelectorAll('[data-copy]')) {
  button.addEventListener('click', async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = '✓';
    } catch { /* plain http: the text is selected, Ctrl+C copies it */ }
  });
}
