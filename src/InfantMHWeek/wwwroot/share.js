// A phone's own share sheet knows the people and apps its owner uses; anywhere, the address can be copied.
// The links work without this file.

const list = document.querySelector('[data-share]');
const url = document.querySelector('link[rel=canonical]')?.href;

function offer(words, act) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = words;
  button.addEventListener('click', () => act(button));
  const item = document.createElement('li');
  item.append(button);
  list.prepend(item);
}

if (list && url) {
  if (navigator.clipboard) {
    offer('Copy the address', async button => {
      await navigator.clipboard.writeText(url);
      button.textContent = 'Address copied';
    });
  }
  if (navigator.share) {
    // Closing the sheet without choosing is no error.
    offer('Share with an app', () => navigator.share({ title: document.title, url }).catch(() => {}));
  }
}
