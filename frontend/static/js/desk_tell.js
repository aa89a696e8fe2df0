// What was told the stage leaves its box: pressed once more it would be told twice.
document.addEventListener('htmx:before:request', ({ detail: { ctx } }) => {
  if (ctx.sourceElement.matches?.('.desk-tell form:not(.desk-minutes)')) ctx.told = ctx.sourceElement.elements.text.value;
});
document.addEventListener('htmx:after:request', ({ detail: { ctx } }) => {
  if (ctx.told === undefined || ctx.response.status !== 200) return;
  const { text } = ctx.sourceElement.elements;
  if (text.value === ctx.told) text.value = '';
});
