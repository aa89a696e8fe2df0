// The question on stage is shown whole, and its buttons with it: as large as fits, never smaller than can be read.
const LARGEST = 44;
const SMALLEST = 14;

export function fit() {
  const box = document.getElementById('onstage');
  const words = box?.querySelector('.stage-words');
  if (!words) return;
  const fits = (size) => {
    words.style.fontSize = `${size}px`;
    return box.scrollHeight <= box.clientHeight + 1;
  };
  let [least, most] = [SMALLEST, LARGEST];
  while (most - least > 0.5) {
    const middle = (least + most) / 2;
    if (fits(middle)) least = middle;
    else most = middle;
  }
  fits(least);
}

export function keepFitting() {
  fit();
  document.fonts?.ready.then(fit);
  addEventListener('resize', fit);
  // A push may strip what is set here, without any child changing.
  document.addEventListener('live:cursor', fit);
  new MutationObserver(fit).observe(document.querySelector('.stage-main'), { childList: true, subtree: true, characterData: true });
}
