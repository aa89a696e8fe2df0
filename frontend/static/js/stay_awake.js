// The screen stays awake where the browser lets it (it needs https, and sometimes a touch first). A browser lets go of
// it when the page is hidden, or the battery is low: then it is asked for again, when the page is seen or touched.
export function stayAwake() {
  let held = null;
  const ask = async () => {
    if (held || document.visibilityState !== 'visible') return;
    try {
      const lock = await navigator.wakeLock?.request('screen');
      if (!lock) return;
      held = lock;
      lock.addEventListener('release', () => { held = null; }, { once: true });
    } catch { /* not allowed here, or not now */ }
  };
  document.addEventListener('visibilitychange', ask);
  document.addEventListener('pointerdown', ask);
  ask();
}
