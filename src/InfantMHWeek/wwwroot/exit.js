// Exit this page: the links work without this file. It hides the page at once, leaves in the same tab, and lets
// three presses of Shift within five seconds do the same. It behaves as GOV.UK's "Exit this page".

const presses = 3;
const patience = 5000;

const root = document.documentElement;
const links = document.querySelectorAll('[data-exit]');
const steps = document.querySelector('[data-exit-steps]');
const status = document.querySelector('[data-exit-status]');
const keys = document.querySelector('[data-exit-keys]');
const title = document.title;

let cover = null;
let count = 0;
let timer = 0;
let alone = false;

function leave(address) {
  clearTimeout(timer);
  root.classList.add('leaving');
  document.title = 'Loading';
  cover ??= document.createElement('p');
  cover.className = 'leaving-cover';
  cover.setAttribute('role', 'alert');
  cover.textContent = 'Loading.';
  document.body.append(cover);

  // Replacing this page means that one press of Back does not show it again to whoever is looking. It remains in
  // the browser's history, and the page says so. No referrer is sent: the site's policy is same-origin.
  location.replace(address);
}

function comeBack() {
  root.classList.remove('leaving');
  document.title = title;
  cover?.remove();
  cover = null;
  forget();
}

function show() {
  steps?.classList.toggle('shown', count > 0);
  for (const [place, step] of [...(steps?.children ?? [])].entries()) step.classList.toggle('on', place < count);
}

function say(words) {
  if (status) status.textContent = words;
}

function forget() {
  clearTimeout(timer);
  count = 0;
  show();
  say('');
}

// Shift counts when it goes down and up with no other key between: capitals and shortcuts are not a wish to leave.
addEventListener('keydown', event => {
  alone = event.key === 'Shift' && !event.ctrlKey && !event.altKey && !event.metaKey && (alone || !event.repeat);
  if (event.key !== 'Shift' && count > 0) forget();
});

addEventListener('keyup', event => {
  if (event.key !== 'Shift' || !alone || root.classList.contains('leaving')) return;
  alone = false;
  count += 1;
  show();
  clearTimeout(timer);
  if (count === presses) {
    say('Leaving this page.');
    leave(links[0].href);
    return;
  }
  const left = presses - count;
  say(`Shift, press ${left} more ${left === 1 ? 'time' : 'times'} to leave this page.`);
  timer = setTimeout(() => {
    forget();
    say('Leaving by Shift has timed out.');
  }, patience);
});

for (const link of links) {
  link.addEventListener('click', event => {
    event.preventDefault();
    leave(link.href);
  });
}

// The page may come back whole from the browser's memory, covered as it was left.
addEventListener('pageshow', event => {
  if (event.persisted || root.classList.contains('leaving')) comeBack();
});

if (links.length > 0 && keys) keys.hidden = false;
