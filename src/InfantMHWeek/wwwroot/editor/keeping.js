// Nothing typed is lost: a draft on the server after each pause, and in this browser while the server cannot take it.
import { fields, form, notSoon, post, tools, typed } from './desk.js';

// Several people may share a browser: each finds their own text only.
const place = `draft:${form.dataset.who}:${form.dataset.file}`;
const note = document.getElementById('kept');
const isText = ([name]) => /^Form\.(Body|Whole|Front|Facts)/.test(name);
const comesBack = ([name]) => isText([name]) || /^Form\.(Opened|Note|Review|ReviewStamp)$/.test(name);
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
let sent = JSON.stringify(fields());

function keepHere() {
  try {
    localStorage.setItem(place, JSON.stringify({ at: Date.now(), fields: fields() }));
  } catch { /* No room, or not allowed: the draft on the server remains. */ }
}

const forget = () => localStorage.removeItem(place);

export async function keep() {
  const now = JSON.stringify(fields());
  if (now === sent) return;
  keepHere();
  try {
    const answer = await post('Keep', typed());
    if (!answer.ok) {
      note.textContent = answer.status >= 500
        ? 'Your draft could not be saved on the server. It is kept in this browser; try again later.'
        : 'You are signed out. Your text is kept in this browser: sign in again in another tab, then go on here.';
      return;
    }
    const said = await answer.json();
    form.elements['Form.DraftStamp'].value = said.stamp;
    sent = now;
    forget();
    note.textContent = `Draft kept at ${new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`;
    tellOthers(said.others);
  } catch {
    note.textContent = 'There is no connection. Your text is kept in this browser.';
  }
}

/** The form is leaving: what it holds stays here until the server has it. */
export function leaving() {
  keepHere();
  notSoon(keep);
}

/**
 * What this browser kept when the server could not: offered only if it says something that is not saved, and only beside what was
 * published since.
 */
export async function offerKept() {
  const kept = read();
  if (!kept) return;
  if (same(kept.fields.filter(isText), fields().filter(isText)) || await isSaved(kept)) { forget(); return; }
  const box = document.getElementById('kept-here');
  box.hidden = false;
  box.querySelector('p').textContent = `This browser kept a text of ${new Date(kept.at).toLocaleString('en-GB')} that was not saved.`;
  document.getElementById('bring').addEventListener('click', () => bring(kept));
  document.getElementById('let-go').addEventListener('click', () => { forget(); box.hidden = true; });
}

/** The server sets it beside what readers have now, as with any other edit. */
function bring(kept) {
  const all = kept.fields.filter(comesBack);
  // A text that was kept as a whole has no facts of its own, and the other way round.
  for (const field of [...form.elements]) {
    if (/^Form\.(Whole|Front|Body|Facts)/.test(field.name) && !all.some(([name]) => name === field.name)) field.disabled = true;
  }
  for (const [name, value] of all) set(name, value);
  form.requestSubmit(document.getElementById('bring-now'));
}

function set(name, value) {
  let field = form.elements[name];
  if (!field) {
    field = document.createElement('input');
    field.type = 'hidden';
    field.name = name;
    form.append(field);
  }
  field.value = value;
}

async function isSaved(kept) {
  const body = new FormData();
  for (const [name, value] of kept.fields.filter(comesBack)) body.append(name, value);
  const answer = await post('Kept', body).catch(() => null);
  return answer?.ok ? (await answer.json()).saved : false;
}

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(place));
    return Array.isArray(kept?.fields) ? kept : null;
  } catch {
    return null;
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

/** Says now and then that the page is open here, and when it is left. */
export function stayPresent() {
  const tell = async () => {
    const answer = await post('Here', new FormData()).catch(() => null);
    if (answer?.ok) tellOthers((await answer.json()).others);
  };
  setInterval(tell, 60_000);
  addEventListener('pageshow', (event) => { if (event.persisted) tell(); });
  addEventListener('pagehide', () => {
    const body = new FormData();
    body.set('__RequestVerificationToken', form.elements['__RequestVerificationToken'].value);
    navigator.sendBeacon(tools('Leave', `&shown=${form.dataset.shown}`), body);
  });
}
