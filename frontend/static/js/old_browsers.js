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
// Style sheets for them ask `data-filled` where newer ones ask `:has` whether a list has anything to show, or what is
// folded around it.
if (!globalThis.CSS?.supports?.('selector(:has(*))')) {
  const shows = (child) => !child.hidden && !child.classList.contains('leaving');
  for (const list of document.querySelectorAll('[data-limit]')) {
    const fill = () => {
      const filled = [...list.children].some(shows);
      for (const one of [list, list.closest('details')]) if (one) one.toggleAttribute('data-filled', filled);
    };
    new MutationObserver(fill).observe(list, { childList: true, subtree: true, attributes: true, attributeFilter: ['hidden', 'class'] });
    fill();
  }
  // And `data-gapless` where no gap is drawn between flexed boxes: browsers learned that no later than `inset`.
  document.documentElement.toggleAttribute('data-gapless', !CSS.supports('inset: 0'));
}
