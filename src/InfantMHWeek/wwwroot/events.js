// Offers to use the place where the phone is. It is rounded to about a kilometre before it leaves the phone.
const button = document.querySelector('[data-locate]');
const says = document.querySelector('[data-locate-says]');
if (button && navigator.geolocation) {
  button.hidden = false;
  button.addEventListener('click', () => {
    says.textContent = 'Asking your phone…';
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        document.getElementById('near').value = `${coords.latitude.toFixed(2)},${coords.longitude.toFixed(2)}`;
        button.form.requestSubmit();
      },
      () => { says.textContent = 'Your phone did not say where you are. Type a postcode or a town.'; },
      { maximumAge: 600000, timeout: 10000 },
    );
  });
}
