// Notes leave by themselves and make way for the next one; a refusal stays until it is read away, once for the same.
const LEAVE = 8_000;
const box = document.getElementById('toasts') ?? document.createElement('div');
const ours = (node) => node.nodeType === 1 && node.matches('.toast');
const words = (toast) => toast.querySelector('p').textContent;

function settle(fresh) {
  const refused = fresh.matches('.refused');
  for (const toast of box.querySelectorAll('.toast')) {
    if (toast === fresh) continue;
    if (refused ? words(toast) === words(fresh) : !toast.matches('.refused')) toast.remove();
  }
  if (!refused) setTimeout(() => leave(fresh), LEAVE);
}

// What a finger or a focus rests on does not go away under it.
function leave(toast) {
  if (toast.matches(':hover, :focus-within')) setTimeout(() => leave(toast), 1_000);
  else toast.remove();
}

new MutationObserver((changes) => {
  for (const toast of changes.flatMap((change) => [...change.addedNodes]).filter(ours)) {
    if (toast.isConnected) settle(toast);
  }
}).observe(box, { childList: true });

document.addEventListener('click', (event) => {
  if (!event.target.closest('button, a')) event.target.closest('#toasts .toast')?.remove();
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !document.querySelector('dialog[open]')) box.replaceChildren();
});
