// Things to pick from: pages and their parts, sources of figures, pictures.
import { soon, tools } from './desk.js';
import { around, block } from './typing.js';

const picker = document.getElementById('picker');
const find = document.getElementById('picker-find');
const found = document.getElementById('picker-found');
const kinds = {
  links: { title: 'Link to a page', from: 'Links', use: (item) => around('[', `](${item.value})`, item.words) },
  sources: { title: 'Figures from a source', from: 'Sources', use: (item) => block(statistics(item.value)) },
  pictures: { title: 'Picture', from: 'Pictures', use: (item) => block(item.value) },
};
let kind = kinds.links;

function statistics(source) {
  return `::: statistics ${source}\n${document.querySelector('[data-pick=sources]').dataset.inside}\n:::`;
}

export function pick(what) {
  kind = kinds[what];
  document.getElementById('picker-title').textContent = kind.title;
  find.value = '';
  found.replaceChildren();
  picker.showModal();
  look();
}

async function look() {
  const looking = kind;
  const answer = await fetch(tools(kind.from, `&q=${encodeURIComponent(find.value)}`)).catch(() => null);
  if (looking !== kind) return;
  if (!answer?.ok) { found.replaceChildren(line('This cannot be looked up just now. Are you still signed in?')); return; }
  const items = await answer.json();
  found.replaceChildren(...(items.length === 0 ? [line('Nothing found.')] : items.map(choice)));
}

function line(words) {
  const item = document.createElement('li');
  item.textContent = words;
  return item;
}

function choice(item) {
  const { use } = kind;
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = item.label;
  button.addEventListener('click', () => { picker.close(); use(item); });
  const entry = document.createElement('li');
  entry.append(button);
  return entry;
}

find.addEventListener('input', () => soon(look, 200));
document.getElementById('picker-close').addEventListener('click', () => picker.close());
