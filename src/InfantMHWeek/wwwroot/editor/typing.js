// Changes to the text as if somebody typed them: through the browser's own command, which keeps its undo.
import { text } from './desk.js';

export function put(start, end, words, select) {
  text.focus();
  text.setSelectionRange(start, end);
  if (!document.execCommand('insertText', false, words)) {
    text.setRangeText(words, start, end, 'end');
    text.dispatchEvent(new Event('input', { bubbles: true }));
  }
  if (select) text.setSelectionRange(start + select[0], start + select[1]);
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

export function around(before, after, otherwise) {
  const { selectionStart: start, selectionEnd: end, value } = text;
  const words = value.slice(start, end) || otherwise;
  put(start, end, before + words + after, [before.length, before.length + words.length]);
}

export function block(words) {
  const { value, selectionStart } = text;
  const before = value.slice(0, selectionStart);
  const gap = before === '' || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n';
  put(selectionStart, text.selectionEnd, `${gap}${words}\n\n`);
}

export function goTo(line, column) {
  const all = text.value.split('\n');
  const at = all.slice(0, Math.max(0, line - 1)).reduce((sum, l) => sum + l.length + 1, 0);
  const here = all[line - 1] ?? '';
  text.focus();
  text.setSelectionRange(at + Math.min(column - 1, here.length), at + here.length);
  text.scrollTop = (line - 4) * parseFloat(getComputedStyle(text).lineHeight);
}

export const actions = {
  h2: () => eachLine(() => '## '),
  h3: () => eachLine(() => '### '),
  bold: () => around('**', '**', 'important words'),
  list: () => eachLine(() => '- '),
  numbers: () => eachLine((i) => `${i + 1}. `),
  table: () => block('| What | How many |\n|------|---------:|\n| One  | 1        |'),
};
