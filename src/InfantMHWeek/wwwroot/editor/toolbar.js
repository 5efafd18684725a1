// The toolbar, the keys that do the same, and clean Markdown of what is pasted.
import { form, post, text } from './desk.js';
import { pick } from './picker.js';
import { actions, block, put } from './typing.js';

/** @param keep Keeps the draft now. */
export function offerTools(keep) {
  const toolbar = form.querySelector('.toolbar');
  if (!toolbar) return;
  toolbar.hidden = false;
  toolbar.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (button?.dataset.do) actions[button.dataset.do]();
    if (button?.dataset.pick) pick(button.dataset.pick);
  });
  const boxes = toolbar.querySelector('select');
  boxes.addEventListener('change', () => {
    // The check knows these samples, and lets none of them go to readers.
    if (boxes.value) block(`::: ${boxes.value}\n${boxes.selectedOptions[0].dataset.inside}\n:::`);
    boxes.value = '';
  });
  text.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const action = { b: actions.bold, k: () => pick('links'), s: keep }[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
  // From a word processor or another page: the server makes Markdown of it.
  text.addEventListener('paste', paste);
}

async function paste(event) {
  const html = event.clipboardData.getData('text/html');
  if (!html) return;
  event.preventDefault();
  let words = event.clipboardData.getData('text/plain');
  const { selectionStart: start, selectionEnd: end } = text;
  const fields = new FormData();
  fields.set('html', html);
  try {
    const answer = await post('Paste', fields);
    if (answer.ok) words = (await answer.json()).text;
    else if (answer.status === 413) {
      document.getElementById('kept').textContent = (await answer.json()).problem;
      return;
    }
  } catch { /* The plain words are better than nothing. */ }
  put(start, end, words);
}
