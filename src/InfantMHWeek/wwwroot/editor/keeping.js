// Nothing typed is lost: a draft on the server after each pause, and in this browser while the server cannot take it.
import { fields, form, notSoon, post, typed } from './desk.js';

const place = `draft:${form.dataset.file}`;
const note = document.getElementById('kept');
const isText = ([name]) => /^Form\.(Body|Whole|Facts)/.test(name);
let sent = JSON.stringify(fields());

function keepHere() {
  try {
    localStorage.setItem(place, JSON.stringify({ at: Date.now(), fields: fields() }));
  } catch { /* No room, or not allowed: the draft on the server remains. */ }
}

export async function keep() {
  const now = JSON.stringify(fields());
  if (now === sent) return;
  keepHere();
  try {
    const answer = await post('Keep', typed());
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

/** The form is leaving: what it holds stays here until the server has it. */
export function leaving() {
  keepHere();
  notSoon(keep);
}

/** What this browser kept when the server could not. */
export function offerKept(changed) {
  const kept = read();
  if (!kept) return;
  if (JSON.stringify(kept.fields.filter(isText)) === JSON.stringify(fields().filter(isText))) { localStorage.removeItem(place); return; }
  const box = document.getElementById('kept-here');
  box.hidden = false;
  box.querySelector('p').textContent = `This browser kept a text of ${new Date(kept.at).toLocaleString('en-GB')} that was not saved.`;
  box.querySelector('button').addEventListener('click', () => {
    for (const [name, value] of kept.fields) if (form.elements[name] && (isText([name]) || name === 'Form.Note')) form.elements[name].value = value;
    box.hidden = true;
    changed();
  });
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

/** Says now and then that the page is open here. */
export function stayPresent() {
  setInterval(async () => {
    const answer = await post('Here', new FormData()).catch(() => null);
    if (answer?.ok) tellOthers((await answer.json()).others);
  }, 60_000);
}
