// "Paga un avviso": the number is checked here and the national page opened at that notice. Nothing is sent to the site or kept.

// Why a number of notice is wrong, '' if it is not: 18 digits; the first (aux digit) 0, 1, 2 or 3; unless it is 1, the last two are
// the remainder of the first sixteen divided by 93.
export function fault(written) {
  const number = written.replace(/\s/g, '');
  if (!/^[0-9]{18}$/.test(number)) return 'FORMATO';
  if (number[0] > '3') return 'AUX_NON_AMMESSO';
  if (number[0] === '1') return '';
  let rest = 0;
  for (const digit of number.slice(0, 16)) rest = (rest * 10 + Number(digit)) % 93;
  return String(rest).padStart(2, '0') === number.slice(16) ? '' : 'CIN_ERRATO';
}

if (typeof document === 'object') {
  const form = document.querySelector('[data-ci-avviso]');
  const field = form.elements.avviso;
  const message = document.getElementById('avviso-errore');
  form.hidden = false;
  document.querySelector('[data-ci-senza-script]').hidden = true;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const number = field.value.replace(/\s/g, '');
    const wrong = fault(number);
    field.setAttribute('aria-invalid', Boolean(wrong));
    message.textContent = wrong ? message.dataset[wrong.split('_')[0].toLowerCase()] : '';
    if (wrong) field.focus();
    else location.assign(form.dataset.ciAvviso + number);
  });
}
