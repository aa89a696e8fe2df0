// What is typed for the wall closes when it was taken, and keeps its words when it was not.
for (const dialog of document.querySelectorAll('#announcing, #counting')) {
  dialog.querySelector('[data-close]').addEventListener('click', () => dialog.close());
  dialog.addEventListener('htmx:after:request', ({ detail: { ctx } }) => {
    if (ctx.response.status >= 400) return;
    dialog.querySelector('form').reset();
    dialog.close();
  });
}
