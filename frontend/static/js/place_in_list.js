// The swap `place`: puts parts into an ordered, bounded list. Bigger `data-order` comes first; the part that has the
// same id is replaced; what exceeds `data-limit` leaves at the end. So a message may come twice, or late, and the
// list ends up as a freshly loaded page would show it.
import htmx from './vendor.js';

const before = (a, b) => a.dataset.order > b.dataset.order;

function insert(list, part) {
  const next = [...list.children].find((other) => other.dataset.order !== undefined && before(part, other));
  list.insertBefore(part, next ?? null);
}

// A list that is being read holds still: new parts wait, hidden, until the reader asks for them.
function hold(list, part, existing) {
  if (existing) {
    part.hidden = existing.hidden;
    existing.replaceWith(part);
  } else {
    part.hidden = true;
    insert(list, part);
  }
  list.dispatchEvent(new CustomEvent('place:held', { bubbles: true }));
}

function put(list, part, existing) {
  const focused = existing?.contains(document.activeElement) ? document.activeElement.dataset.do : undefined;
  const moved = !existing || existing.dataset.order !== part.dataset.order;
  if (!existing) part.classList.add('arriving');
  if (existing && !moved) existing.replaceWith(part);
  else {
    existing?.remove();
    insert(list, part);
  }
  if (existing?.hasAttribute('aria-current')) part.setAttribute('aria-current', existing.getAttribute('aria-current'));
  for (const box of existing?.querySelectorAll('input:checked') ?? []) part.querySelector(`input[name="${box.name}"]`)?.toggleAttribute('checked', true);
  if (focused !== undefined) part.querySelector(`[data-do="${CSS.escape(focused)}"]`)?.focus();
  setTimeout(() => part.classList.remove('arriving'), 1200);
}

function trim(list) {
  const limit = Number(list.dataset.limit ?? Infinity);
  const parts = [...list.children].filter((child) => child.dataset.order !== undefined);
  parts.slice(limit).forEach((part) => part.remove());
}

export function place(list, parts) {
  const still = list.dataset.still !== undefined;
  for (const part of parts) {
    const existing = [...list.children].find((child) => child.id === part.id);
    if (existing?.isEqualNode(part)) continue;
    (still ? hold : put)(list, part, existing);
  }
  trim(list);
  list.dispatchEvent(new CustomEvent('place:done', { bubbles: true }));
}

htmx.registerExtension('place', {
  handle_swap(style, target, fragment) {
    if (style !== 'place') return false;
    const parts = [...fragment.children];
    place(target, parts);
    return parts;
  },
});
