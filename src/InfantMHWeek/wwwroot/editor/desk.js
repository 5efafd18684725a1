// What all parts of the editor stand on: the form, its text, and how to ask the server.
export const form = document.getElementById('editor');
export const text = form.querySelector('.text');
const token = form.elements['__RequestVerificationToken'];

export const tools = (handler, more = '') => `/staff/pages/tools?file=${encodeURIComponent(form.dataset.file)}&handler=${handler}${more}`;

/** Everything typed. */
export const typed = () => new FormData(form);

/** Everything typed as names and values, without what changes by itself. */
export const fields = () => [...typed()].filter(([name]) => name !== token.name && name !== 'Form.DraftStamp');

/** A post that is refused, rather than led to the sign-in page, when the session has ended. */
export function post(handler, body) {
  if (!body.has(token.name)) body.set(token.name, token.value);
  return fetch(tools(handler), { method: 'POST', body, redirect: 'manual' });
}

const pauses = new Map();

/** Does something once the typing pauses. */
export function soon(what, after) {
  clearTimeout(pauses.get(what));
  pauses.set(what, setTimeout(what, after));
}

export const notSoon = (what) => clearTimeout(pauses.get(what));
