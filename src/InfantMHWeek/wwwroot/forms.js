// Comfort for forms: counts along in long answers. Without it every form works as well.
for (const note of document.querySelectorAll('[data-count]')) {
  const box = document.getElementById(note.dataset.count);
  const most = Number(note.dataset.most);
  const spoken = document.createElement('p');
  spoken.className = 'visually-hidden';
  spoken.setAttribute('aria-live', 'polite');
  note.after(spoken);
  let later;
  const tell = () => {
    const left = most - box.value.length;
    const characters = Math.abs(left) === 1 ? 'character' : 'characters';
    note.textContent = left < 0 ? `You have ${-left} ${characters} too many` : `You have ${left} ${characters} left`;
    note.classList.toggle('error', left < 0);
    // Read out only after a pause in typing.
    clearTimeout(later);
    later = setTimeout(() => { spoken.textContent = note.textContent; }, 1000);
  };
  box.addEventListener('input', tell);
  if (box.value) tell();
}
