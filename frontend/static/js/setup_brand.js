// A look is shown while it is chosen: the form is sent as "look at it first" does, and what comes back takes the place
// of the samples. Without this script that button shows the same.
import './setup.js';

const PAUSE = 250;
const form = document.getElementById('look');
const shown = document.getElementById('look-shown');
const said = document.getElementById('look-said');
const files = [...form.querySelectorAll('input[type="file"]')];
const tried = (name) => form.querySelector(`[name="${name}_tried"]`);
let waiting = 0;
let newest = 0;

const later = () => {
  clearTimeout(waiting);
  waiting = setTimeout(look, PAUSE);
};

async function look() {
  const mine = (newest += 1);
  const asked = new FormData(form);
  asked.set('look', 'true');
  for (const { name } of files) if (tried(name)) asked.delete(name);
  let page;
  let refused;
  try {
    const answer = await fetch(form.action, { method: 'POST', body: asked });
    refused = answer.status === 422;
    if (!answer.ok && !refused) return;
    page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  } catch {
    return; // The network is away: the samples stay as they were.
  }
  const fresh = page.getElementById('look-shown');
  if (!fresh || mine !== newest) return;
  said.replaceChildren(...page.getElementById('look-said').childNodes);
  if (refused) return; // What was seen last stays in sight.
  for (const { name } of files) keep(name, page.querySelector(`[name="${name}_tried"]`));
  await dressed(fresh.querySelector('link').getAttribute('href'));
  if (mine === newest) shown.replaceChildren(...fresh.childNodes);
}

function keep(name, drawn) {
  if (drawn && !tried(name)) form.append(drawn);
}

// The sheet is there before what it is for, so that nothing is seen in other colours for a moment.
function dressed(href) {
  return new Promise((resolve) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = href;
    for (const end of ['load', 'error']) link.addEventListener(end, () => resolve(setTimeout(() => link.remove(), 2_000)));
    document.head.append(link);
  });
}

// What a browser makes of a name, as the code that a chooser takes.
function asCode(written) {
  if (/^#[0-9a-f]{6}$/i.test(written)) return written;
  const probe = document.createElement('i');
  probe.style.color = written.replaceAll(' ', '');
  if (!probe.style.color) return '';
  form.append(probe);
  const parts = getComputedStyle(probe).color.match(/\d+/g) ?? [];
  probe.remove();
  return `#${parts.slice(0, 3).map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`;
}

// Beside each field for a colour stands one to choose it with; what is typed there is a name or a code.
for (const choose of form.querySelectorAll('[data-colour]')) {
  const field = document.getElementById(choose.dataset.colour);
  const follow = () => {
    const code = asCode(field.value.trim());
    if (code) choose.value = code;
  };
  choose.hidden = false;
  choose.addEventListener('input', () => {
    field.value = choose.value;
    later();
  });
  field.addEventListener('input', follow);
  follow();
}

form.addEventListener('input', later);
form.addEventListener('change', later);
// A file is sent once: what was drawn of it comes back and is sent from then on, until another is chosen.
for (const file of files) file.addEventListener('change', () => tried(file.name)?.remove());

// What was chosen before this script was there, or came back with the page, is shown as well.
const typed = [...form.elements].filter((one) => one.name && (one.type === 'text' || one.type === 'file'));
if (typed.some((one) => one.files?.length || one.value !== one.defaultValue)) later();
