// Words that count, as the page's language has them. Texts come from the page, with all plural forms.
const lang = document.documentElement.lang;
const rules = new Intl.PluralRules(lang);
const numbers = new Intl.NumberFormat(lang);

// `forms` is what the template filter of that name made: {"one": "{n} post", "other": "{n} posts"}, as JSON.
export const counted = (forms, n) => {
  const known = JSON.parse(forms);
  return (known[rules.select(n)] ?? known.other).replace('{n}', numbers.format(n));
};
