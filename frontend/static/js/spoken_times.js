// Times as the page's language says them.
const lang = document.documentElement.lang;
const ago = new Intl.RelativeTimeFormat(lang, { style: 'narrow', numeric: 'always' });

export const since = (seconds) => {
  const [unit, size] = seconds < 60 ? ['second', 1] : seconds < 3600 ? ['minute', 60] : ['hour', 3600];
  return ago.format(-Math.floor(seconds / size), unit);
};

// The time of day in the event's own zone.
export const timeOfDay = new Intl.DateTimeFormat(lang, { hour: '2-digit', minute: '2-digit', timeZone: document.body.dataset.zone });
