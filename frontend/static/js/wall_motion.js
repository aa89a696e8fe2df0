// Cards glide and scenes come where the machine at the projector can draw that; where it cannot, they change places at
// once, calmly, and it is tried again later. Nobody's wall judders, and none costs its machine more than a still one.
const SLOW = 25; // Milliseconds a frame: two of three are drawn.
const ENOUGH = 6; // Frames after which a judder is known as one.
const AGAIN = 120_000;
const calm = matchMedia('(prefers-reduced-motion: reduce)');
const root = document.documentElement; // Above all that is pushed: nothing takes away what stands here.
let watched = false;

const rests = () => root.dataset.still !== undefined;
export const moves = () => !calm.matches && !rests();

// Watches the frames of what was just set in motion. What judders is where it goes, at once. The first frame is not
// counted: it draws what came.
export function watch(duration) {
  if (watched || !moves()) return;
  watched = true;
  let [began, frames] = [0, 0];
  requestAnimationFrame(function frame(now) {
    began ||= now;
    const took = now - began;
    const slow = frames >= ENOUGH && took / frames > SLOW;
    if (slow) rest();
    if (slow || took >= duration) watched = false;
    else {
      frames += 1;
      requestAnimationFrame(frame);
    }
  });
}

function rest() {
  root.dataset.still = '';
  setTimeout(() => { delete root.dataset.still; }, AGAIN);
}
