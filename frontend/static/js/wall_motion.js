// Cards glide where the machine at the projector can draw that; where it cannot, they change places at once, calmly, and
// it is tried again later. Nobody's wall judders, and none costs its machine more than a still one.
const SLOW = 25; // Milliseconds a frame: two of three are drawn.
const AGAIN = 120_000;
const calm = matchMedia('(prefers-reduced-motion: reduce)');
let resting = 0;
let watched = false;

export const moves = () => !calm.matches && performance.now() >= resting;

// Watches the frames of what was just set in motion.
export function watch(duration) {
  if (watched) return;
  watched = true;
  const began = performance.now();
  let frames = 0;
  requestAnimationFrame(function frame(now) {
    frames += 1;
    if (now - began < duration) return requestAnimationFrame(frame);
    watched = false;
    if ((now - began) / frames > SLOW) resting = now + AGAIN;
    return 0;
  });
}
