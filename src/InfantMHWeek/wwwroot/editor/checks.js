// The checks while typing; a press on a fault leads to its place.
import { post, text, typed } from './desk.js';
import { goTo } from './typing.js';

const panel = document.getElementById('checks');
const pattern = document.getElementById('fault');

export async function check() {
  const answer = await post('Check', typed()).catch(() => null);
  // Without a connection the last list stays.
  if (answer?.ok) show((await answer.json()).faults);
}

function show(faults) {
  document.getElementById('faults').replaceChildren(...faults.map((fault) => {
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
  const some = (severity) => {
    const n = faults.filter((fault) => fault.severity === severity).length;
    return `${n} ${severity}${n === 1 ? '' : 's'}`;
  };
  document.getElementById('checks-sum').textContent =
    faults.length === 0 ? 'No fault found.' : `${some('error')}, ${some('warning')}, ${some('hint')}.`;
}

// The lines that came with the page count from the top of the file, the box from its text.
for (const link of panel.querySelectorAll('a[data-line]')) link.dataset.line = Number(link.dataset.line) - (panel.dataset.bodyLine - 1);

panel.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-line]');
  if (!link) return;
  event.preventDefault();
  const fact = link.dataset.fact && document.getElementById(`fact-${link.dataset.fact}`);
  if (!fact) { goTo(Number(link.dataset.line), Number(link.dataset.column)); return; }
  const box = fact.closest('details');
  if (box) box.open = true;
  fact.focus();
});
