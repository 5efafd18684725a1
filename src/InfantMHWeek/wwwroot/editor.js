// Comfort for the editor; every journey works without it. Nothing here writes HTML: texts become nodes, and the
// preview is a form sent into a frame.
const form = document.getElementById('editor');
const text = form.querySelector('.text');
const file = form.dataset.file;
const token = form.elements['__RequestVerificationToken'];
const note = document.getElementById('kept');
const tools = (handler, more = '') => `/staff/pages/tools?file=${encodeURIComponent(file)}&handler=${handler}${more}`;
const place = `draft:${file}`;
const previewButton = document.getElementById('show-preview');

// Typing through the browser's own command keeps its undo.
function put(start, end, words, select) {
  text.focus();
  text.setSelectionRange(start, end);
  if (!document.execCommand('insertText', false, words)) text.setRangeText(words, start, end, 'end');
  if (select) text.setSelectionRange(start + select[0], start + select[1]);
  changed();
}

function lines() {
  const { value, selectionStart, selectionEnd } = text;
  const start = value.lastIndexOf('\n', selectionStart - 1) + 1;
  const found = value.indexOf('\n', selectionEnd);
  return { start, end: found < 0 ? value.length : found };
}

function eachLine(mark) {
  const { start, end } = lines();
  const bare = text.value.slice(start, end).split('\n').map((line) => line.replace(/^(#{1,6} |- |\d+\. )/, ''));
  const now = bare.map((line, i) => mark(i) + line).join('\n');
  put(start, end, now, [now.length, now.length]);
}

function around(before, after, otherwise) {
  const { selectionStart: start, selectionEnd: end, value } = text;
  const words = value.slice(start, end) || otherwise;
  put(start, end, before + words + after, [before.length, before.length + words.length]);
}

function block(words) {
  const { value, selectionStart } = text;
  const before = value.slice(0, selectionStart);
  const gap = before === '' || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n';
  put(selectionStart, text.selectionEnd, `${gap}${words}\n\n`);
}

const actions = {
  h2: () => eachLine(() => '## '),
  h3: () => eachLine(() => '### '),
  bold: () => around('**', '**', 'important words'),
  list: () => eachLine(() => '- '),
  numbers: () => eachLine((i) => `${i + 1}. `),
  table: () => block('| What | How many |\n|------|---------:|\n| One  | 1        |'),
};

// Counting, drafts, checks, preview: each after a pause.
const pauses = new Map();
function soon(what, after) {
  clearTimeout(pauses.get(what));
  pauses.set(what, setTimeout(what, after));
}

function count() {
  const words = (text.value.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? []).length;
  const minutes = Math.max(1, Math.round(words / 200));
  const told = document.getElementById('count');
  if (told) told.textContent = `${words} words, about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} to read`;
}

let sent = snapshot();
function snapshot() {
  const fields = new FormData(form);
  fields.delete(token.name);
  fields.delete('Form.DraftStamp');
  return JSON.stringify([...fields]);
}

function keepHere() {
  try { localStorage.setItem(place, JSON.stringify({ at: Date.now(), opened: form.elements['Form.Opened'].value, fields: JSON.parse(snapshot()) })); } catch { /* No room, or not allowed: the draft on the server remains. */ }
}

async function keep() {
  const now = snapshot();
  if (now === sent) return;
  keepHere();
  try {
    const answer = await fetch(tools('Keep'), { method: 'POST', body: new FormData(form), redirect: 'manual' });
    if (answer.status === 507) { note.textContent = 'Your draft could not be saved on the server. It is kept in this browser; try again later.'; return; }
    if (!answer.ok) { note.textContent = 'You are signed out. Your text is kept in this browser: sign in again in another tab, then go on here.'; return; }
    const said = await answer.json();
    form.elements['Form.DraftStamp'].value = said.stamp;
    sent = now;
    localStorage.removeItem(place);
    note.textContent = `Draft kept at ${new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`;
    tellOthers(said.others);
  } catch {
    note.textContent = 'There is no connection. Your text is kept in this browser.';
  }
}

function tellOthers(others) {
  let shown = document.getElementById('presence');
  if (others.length === 0) { shown?.remove(); return; }
  if (!shown) {
    shown = document.createElement('p');
    shown.id = 'presence';
    shown.className = 'notice';
    shown.setAttribute('role', 'status');
    form.parentElement.before(shown);
  }
  shown.textContent = `Also open by ${others.join(', ')}.`;
}

async function check() {
  try {
    const answer = await fetch(tools('Check'), { method: 'POST', body: new FormData(form), redirect: 'manual' });
    if (answer.ok) showFaults((await answer.json()).faults);
  } catch { /* Without a connection the last list stays. */ }
}

function showFaults(faults) {
  const list = document.getElementById('faults');
  const pattern = document.getElementById('fault');
  list.replaceChildren(...faults.map((fault) => {
    const item = pattern.content.cloneNode(true).firstElementChild;
    const link = item.querySelector('a');
    item.classList.add(fault.severity);
    item.querySelector('b').textContent = `${fault.severity}, line ${fault.line}:`;
    item.querySelector('span').textContent = `${fault.message} ${fault.advice}`;
    link.href = fault.fact ? `#fact-${fault.fact}` : `#${text.id}`;
    link.dataset.line = fault.bodyLine;
    link.dataset.column = fault.column;
    if (fault.fact) link.dataset.fact = fault.fact;
    return item;
  }));
  const some = (severity, word) => {
    const n = faults.filter((fault) => fault.severity === severity).length;
    return `${n} ${word}${n === 1 ? '' : 's'}`;
  };
  document.getElementById('checks-sum').textContent = faults.length === 0 ? 'No fault found.' : `${some('error', 'error')}, ${some('warning', 'warning')}, ${some('hint', 'hint')}.`;
}

function goTo(line, column) {
  const all = text.value.split('\n');
  const at = all.slice(0, Math.max(0, line - 1)).reduce((sum, l) => sum + l.length + 1, 0);
  const here = all[line - 1] ?? '';
  text.focus();
  text.setSelectionRange(at + Math.min(column - 1, here.length), at + here.length);
  text.scrollTop = (line - 4) * parseFloat(getComputedStyle(text).lineHeight);
}

document.getElementById('checks').addEventListener('click', (event) => {
  const link = event.target.closest('a[data-line]');
  if (!link) return;
  event.preventDefault();
  const fact = link.dataset.fact && document.getElementById(`fact-${link.dataset.fact}`);
  if (fact) {
    const box = fact.closest('details');
    if (box) box.open = true;
    fact.focus();
  } else goTo(Number(link.dataset.line), Number(link.dataset.column));
});

function show() { if (previewButton) form.requestSubmit(previewButton); }

function changed() {
  soon(count, 200);
  soon(keep, 1500);
  soon(check, 700);
  if (previewButton) soon(show, 600);
}

form.addEventListener('input', changed);
form.addEventListener('submit', (event) => {
  if (event.submitter === previewButton) return;
  keepHere();
  clearTimeout(pauses.get(keep));
});

// The toolbar.
const toolbar = form.querySelector('.toolbar');
if (toolbar) {
  toolbar.hidden = false;
  toolbar.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (button?.dataset.do) actions[button.dataset.do]();
    if (button?.dataset.pick) pick(button.dataset.pick);
  });
  const boxes = toolbar.querySelector('select');
  boxes.addEventListener('change', () => {
    const inside = { quote: 'What was said.\n\nWho said it', action: '[Where it leads](/path)', statistic: '**84%** of …', help: '' }[boxes.value.split(' ')[0]] ?? 'Words.';
    if (boxes.value) block(`::: ${boxes.value}\n${inside}\n:::`);
    boxes.value = '';
  });
  text.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const action = { b: actions.bold, k: () => pick('links'), s: keep }[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}

// Things to pick from.
const picker = document.getElementById('picker');
const find = document.getElementById('picker-find');
const found = document.getElementById('picker-found');
let picking = '';
const use = {
  links: (item) => around('[', `](${item.value})`, item.words),
  sources: (item) => block(`::: statistics ${item.value}\nWhat the figures show\n\n| Who said so | How many |\n|-------------|---------:|\n| The public  | 0%       |\n:::`),
  pictures: (item) => block(item.value),
};

function pick(what) {
  picking = what;
  document.getElementById('picker-title').textContent = { links: 'Link to a page', sources: 'Figures from a source', pictures: 'Picture' }[what];
  find.value = '';
  found.replaceChildren();
  picker.showModal();
  look();
}

async function look() {
  const wanted = { links: 'Links', sources: 'Sources', pictures: 'Pictures' }[picking];
  const answer = await fetch(tools(wanted, `&q=${encodeURIComponent(find.value)}`));
  if (!answer.ok) return;
  found.replaceChildren(...(await answer.json()).map((item) => {
    const line = document.createElement('li');
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = item.label;
    button.addEventListener('click', () => { picker.close(); use[picking](item); });
    line.append(button);
    return line;
  }));
}

find?.addEventListener('input', () => soon(look, 200));
document.getElementById('picker-close')?.addEventListener('click', () => picker.close());

// From a word processor or another page: the server makes Markdown of it.
text.addEventListener('paste', async (event) => {
  const html = event.clipboardData.getData('text/html');
  if (!html || html.length > 2_000_000) return;
  event.preventDefault();
  const plain = event.clipboardData.getData('text/plain');
  const { selectionStart: start, selectionEnd: end } = text;
  const fields = new FormData();
  fields.set(token.name, token.value);
  fields.set('html', html);
  let words = plain;
  try {
    const answer = await fetch(tools('Paste'), { method: 'POST', body: fields, redirect: 'manual' });
    if (answer.ok) words = (await answer.json()).text;
  } catch { /* The plain words are better than nothing. */ }
  put(start, end, words);
});

// What this browser kept when the server could not.
const left = localStorage.getItem(place);
if (left) {
  const box = document.getElementById('kept-here');
  const kept = JSON.parse(left);
  const typed = (fields) => JSON.stringify(fields.filter(([name]) => /^Form\.(Body|Whole|Facts)/.test(name)));
  if (typed(kept.fields) === typed(JSON.parse(snapshot()))) localStorage.removeItem(place);
  else {
    box.hidden = false;
    box.querySelector('p').textContent = `This browser kept a text of ${new Date(kept.at).toLocaleString('en-GB')} that was not saved.`;
    box.querySelector('button').addEventListener('click', () => {
      for (const [name, value] of kept.fields) if (form.elements[name] && /^Form\.(Body|Whole|Facts|Note)/.test(name)) form.elements[name].value = value;
      box.hidden = true;
      changed();
    });
  }
}

// Widths of the preview.
const widths = document.querySelector('.widths');
if (widths) {
  widths.hidden = false;
  widths.addEventListener('click', (event) => {
    const width = event.target.closest('button')?.dataset.width;
    if (width) document.querySelector('.preview-box').className = `preview-box ${width}`;
  });
}

for (const link of document.querySelectorAll('#faults a[data-line]')) link.dataset.line = Number(link.dataset.line) - (document.getElementById('checks').dataset.bodyLine - 1);
setInterval(() => fetch(tools('Here'), { method: 'POST', body: new URLSearchParams([[token.name, token.value]]), redirect: 'manual' }).then((answer) => answer.ok && answer.json()).then((said) => said && tellOthers(said.others)).catch(() => {}), 60_000);
count();
show();
if (text.value) check();
