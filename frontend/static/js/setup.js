// Copying a fresh link. Everything else on this page works by plain forms.
import './app.js';
import './copy.js';

// A list that is pushed anew closes what asks; what somebody has open stays so.
const list = document.getElementById('links');
if (list) {
  const about = (asks) => asks.querySelector('form').getAttribute('action');
  const open = new Set();
  const every = () => document.querySelectorAll('#links .asks');
  list.parentElement.addEventListener('click', ({ target }) => {
    const asks = target.closest('#links .asks > summary')?.parentElement;
    if (asks) asks.open ? open.delete(about(asks)) : open.add(about(asks));
  });
  new MutationObserver(() => {
    for (const asks of every()) if (!asks.open && open.has(about(asks))) asks.open = true;
  }).observe(list.parentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ['open', 'action'] });
}
