// The screen stays awake where the browser lets it (it needs https, and sometimes a touch first).
export function stayAwake() {
  const ask = async () => {
    try { if (document.visibilityState === 'visible') await navigator.wakeLock?.request('screen'); } catch { /* not allowed here */ }
  };
  document.addEventListener('visibilitychange', ask);
  document.addEventListener('pointerdown', ask, { once: true });
  ask();
}
