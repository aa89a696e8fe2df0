// Short notes leave by themselves; a refusal stays until it is read away.
const LEAVE = 5_000;

new MutationObserver((changes) => {
  for (const toast of changes.flatMap((change) => [...change.addedNodes])) {
    if (toast.nodeType === 1 && !toast.matches('.refused')) setTimeout(() => toast.remove(), LEAVE);
  }
}).observe(document.getElementById('toasts') ?? document.createElement('div'), { childList: true });

document.addEventListener('click', (event) => event.target.closest('#toasts .toast')?.remove());
