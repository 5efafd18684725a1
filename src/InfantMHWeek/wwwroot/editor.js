// Comfort for the editor; every journey works without it. Nothing here writes HTML: texts become nodes, and the
// preview is a form sent into a frame.
import { check } from './editor/checks.js';
import { form, soon, text } from './editor/desk.js';
import { keep, leaving, offerKept, stayPresent } from './editor/keeping.js';
import { offerTools } from './editor/toolbar.js';

const previewButton = document.getElementById('show-preview');
const widths = document.querySelector('.widths');

function count() {
  const words = (text.value.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? []).length;
  const minutes = Math.max(1, Math.round(words / 200));
  const told = document.getElementById('count');
  if (told) told.textContent = `${words} words, about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} to read`;
}

function preview() {
  if (previewButton) form.requestSubmit(previewButton);
}

function changed() {
  soon(count, 200);
  soon(preview, 600);
  soon(check, 700);
  soon(keep, 1500);
}

form.addEventListener('input', changed);
form.addEventListener('submit', (event) => {
  if (event.submitter !== previewButton && event.submitter?.id !== 'bring-now') leaving();
});

if (widths) {
  widths.hidden = false;
  widths.addEventListener('click', (event) => {
    const width = event.target.closest('button')?.dataset.width;
    if (width) document.querySelector('.preview-box').className = `preview-box ${width}`;
  });
}

offerTools(keep);
offerKept();
stayPresent();
count();
preview();
if (text.value) check();
