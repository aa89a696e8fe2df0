// A screen that hangs in another room by now, or may show something else, loads its page again: that says all of it.
const follows = document.getElementById('live')?.dataset.follows;
const look = () => {
  const is = document.getElementById('screen')?.dataset.is;
  if (is && is !== follows) location.reload();
};
new MutationObserver(look).observe(document.getElementById('screen').parentElement, { childList: true, subtree: true, attributeFilter: ['data-is'] });
look();
