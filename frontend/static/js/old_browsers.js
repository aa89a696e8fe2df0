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
// Which button a form was sent with: browsers before 2023 do not say, or lose its name and value.
let pressed = null;
addEventListener('click', ({ target }) => { pressed = target.closest?.('button, input[type="submit"]') ?? null; }, true);
addEventListener('submit', (event) => {
  if ('submitter' in event) return;
  Object.defineProperty(event, 'submitter', { value: pressed?.form === event.target && pressed.type === 'submit' ? pressed : null });
}, true);
const probe = Object.assign(document.createElement('form'), { innerHTML: '<button name="it"></button>' });
if (!new FormData(probe, probe.firstChild).has('it')) {
  globalThis.FormData = class extends FormData {
    constructor(form, submitter) {
      super(form);
      if (submitter?.name) this.append(submitter.name, submitter.value);
    }
  };
}
