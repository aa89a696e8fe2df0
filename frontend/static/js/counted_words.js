// Words that count and times that pass, as the page's language has them. Texts come from the page, with all plural forms.
const lang = document.documentElement.lang;
const rules = new Intl.PluralRules(lang);
const numbers = new Intl.NumberFormat(lang);
const ago = new Intl.RelativeTimeFormat(lang, { style: 'narrow', numeric: 'always' });

// `forms` is what the template filter of that name made: {"one": "{n} post", "other": "{n} posts"}, as JSON.
export const counted = (forms, n) => {
  const known = JSON.parse(forms);
  return (known[rules.select(n)] ?? known.other).replace('{n}', numbers.format(n));
};

export const since = (seconds) => {
  const [unit, size] = seconds < 60 ? ['second', 1] : seconds < 3600 ? ['minute', 60] : ['hour', 3600];
  return ago.format(-Math.floor(seconds / size), unit);
};

// The time of day in the event's own zone.
export const timeOfDay = new Intl.DateTimeFormat(lang, { hour: '2-digit', minute: '2-digit', timeZone: document.body.dataset.zone });
