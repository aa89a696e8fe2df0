// What browsers of 2021 (Safari 14, Chrome 90) do not bring and our pages need. Nothing happens in newer ones.
for (const dialog of document.querySelectorAll('dialog')) {
  if (dialog.showModal) break;
  dialog.setAttribute('role', 'dialog');
  dialog.showModal = () => {
    dialog.setAttribute('open', '');
    dialog.querySelector('button, input')?.focus();
  };
  dialog.close = () => dialog.removeAttribute('open');
  dialog.addEventListener('keydown', (event) => { if (event.key === 'Escape') dialog.close(); });
  dialog.addEventListener('submit', (event) => {
    event.preventDefault();
    dialog.close();
  });
}
