// The sheet of one reader. What is written here stays in this tab: it survives a reload, goes with the tab, and is sent to
// nobody. Which posts are one's own is found here too, among those that the page brought for everybody.
const page = document.querySelector('.reflection');
const said = document.getElementById('said').content;
const list = document.getElementById('own-said');
const account = document.getElementById('account');
const kept = `backchannel-reflection/${document.body.dataset.slug}`;
const fields = () => [...page.querySelectorAll('input[name], textarea[name]')];
const plain = (handle) => handle.trim().replace(/^@/, '').toLowerCase();
const touched = new Set();

function read() {
  try { return JSON.parse(sessionStorage.getItem(kept)) ?? {}; } catch { return {}; }
}
function keep() {
  const written = Object.fromEntries(fields().filter(({ name }) => touched.has(name)).map((one) => [one.name, one.type === 'checkbox' ? one.checked : one.value]));
  try { sessionStorage.setItem(kept, JSON.stringify(written)); } catch { /* private mode: until it is reloaded */ }
}
function fill(written) {
  for (const one of fields()) {
    if (!(one.name in written)) continue;
    touched.add(one.name);
    if (one.type === 'checkbox') one.checked = written[one.name]; else one.value = written[one.name];
  }
}
// Paper does not scroll: beside a field stands what is written in it, for print alone.
function mirror() {
  for (const text of page.querySelectorAll('textarea')) text.nextElementSibling.textContent = text.value;
}

function isMine(post, handle) {
  if ('mine' in post.dataset) return true;
  if (!handle) return false;
  return post.dataset.by ? post.dataset.by === handle : post.dataset.url.toLowerCase().split('/').some((part) => plain(part) === handle);
}
function found(post) {
  const row = document.createElement('li');
  const label = document.createElement('label');
  const tick = Object.assign(document.createElement('input'), { type: 'checkbox', name: `said-${post.dataset.post}`, checked: true });
  const words = document.createElement('span');
  words.dir = 'auto';
  words.translate = false;
  words.textContent = post.textContent.trim() || post.dataset.url;
  const when = document.createElement('small');
  when.textContent = ` ${post.dataset.at}`;
  words.append(when);
  label.append(tick, words);
  row.append(label);
  return row;
}
// Whoever said something under a prompt has read it, and took part for as long as it went; both may be changed.
function findOwn(written) {
  const own = [...said.children].filter((post) => isMine(post, plain(account.value)));
  list.replaceChildren(...own.map(found));
  document.getElementById('own-none').hidden = own.length > 0;
  for (const post of own) {
    const topic = page.querySelector(`input[name="topic-${post.dataset.prompt}"]`);
    if (topic && !touched.has(topic.name)) topic.checked = true;
  }
  const hours = page.querySelector('[name="participatory"]');
  if (!touched.has(hours.name)) hours.value = own.length ? hours.dataset.whole : '0';
  fill(written);
}

function asText() {
  const line = (one) => {
    const label = page.querySelector(`label[for="${one.id}"]`) ?? one.closest('label');
    const words = label.textContent.trim().replace(/\s+/g, ' ');
    return one.type === 'checkbox' ? `[${one.checked ? 'x' : ' '}] ${words}` : `${words}\n${one.value}\n`;
  };
  return `${document.title}\n\n${fields().filter((one) => one.type !== 'checkbox' || one.checked).map(line).join('\n')}\n`;
}
document.getElementById('save').addEventListener('click', () => {
  const away = document.createElement('a');
  away.href = URL.createObjectURL(new Blob([asText()], { type: 'text/plain' }));
  away.download = `${document.body.dataset.slug}-reflection.txt`;
  away.click();
  setTimeout(() => URL.revokeObjectURL(away.href), 10_000);
});
document.getElementById('print').addEventListener('click', () => print());
document.getElementById('forget').addEventListener('click', () => {
  try { sessionStorage.removeItem(kept); } catch { /* private mode */ }
  touched.clear();
  for (const one of fields()) {
    one.value = one.defaultValue;
    one.checked = one.defaultChecked;
  }
  account.value = '';
  findOwn({});
  mirror();
});

account.addEventListener('input', () => findOwn(read()));
page.addEventListener('input', ({ target }) => {
  if (!target.name) return;
  touched.add(target.name);
  keep();
  mirror();
});
page.querySelectorAll('.needs-script').forEach((one) => { one.hidden = false; });
fill(read());
findOwn(read());
mirror();
