// Beside a time in the hosts' zone: what the clock of whoever reads it shows then, where that is another one.
const lang = document.documentElement.lang;
const zone = document.body.dataset.zone;
const shown = { weekday: 'short', hour: '2-digit', minute: '2-digit' };
const here = new Intl.DateTimeFormat(lang, shown);
const there = new Intl.DateTimeFormat(lang, { ...shown, timeZone: zone });
for (const time of document.querySelectorAll('time[data-here]')) {
  const at = new Date(time.dateTime);
  if (here.format(at) === there.format(at)) continue;
  const beside = document.createElement('span');
  beside.className = 'here';
  beside.translate = false;
  beside.textContent = time.dataset.here.replace('{}', here.format(at));
  time.parentElement.append(' ', beside);
}
