// Passkeys: a form with data-passkey is shown where the browser knows them. Pressing its button asks the site what to
// sign, lets the device sign it, and sends the answer as an ordinary form. Passwords and code apps work without this file.

const known = 'PublicKeyCredential' in window && 'parseRequestOptionsFromJSON' in PublicKeyCredential;

async function fill(form) {
  const asked = await fetch(form.dataset.options, { method: 'POST', body: new FormData(form), redirect: 'manual' });
  // The site wants to know again who it is: the page itself leads there.
  if (asked.type === 'opaqueredirect') { location.reload(); return new Promise(() => {}); }
  if (asked.status === 401) throw new Error('Please begin again: too much time has passed.');
  if (!asked.ok) throw new Error('The site could not be reached. Please try again.');
  const options = await asked.json();
  const credential = form.dataset.passkey === 'create'
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  form.elements.Credential.value = JSON.stringify(credential.toJSON());
}

function words(problem) {
  if (!(problem instanceof DOMException)) return problem.message;
  if (problem.name === 'InvalidStateError') return 'This device has a passkey for you already.';
  return 'Nothing was done: the device was not asked long enough, or you stopped it. You can try again.';
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!known) continue;
  form.hidden = false;
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const button = form.querySelector('button');
    const told = form.querySelector('[data-problem]');
    told.hidden = true;
    button.disabled = true;
    try {
      await fill(form);
      form.submit();
    } catch (problem) {
      told.textContent = words(problem);
      told.hidden = false;
      button.disabled = false;
    }
  });
}

if (known) for (const button of document.querySelectorAll('[data-needs-passkey]')) button.hidden = false;
