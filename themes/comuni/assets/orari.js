// "Aperto ora": above the timetables of a page, whether the office is open at this moment in Italy and when it opens next, wherever
// the visitor's clock stands. The tables say the rest; where a day cannot be told, nothing is said.

const DAY = 86400000;
const parts = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Rome', hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });

// The day, in milliseconds of UTC, and the minutes after midnight that it is in Italy at a moment.
export function inRome(moment) {
  const { year, month, day, hour, minute } = Object.fromEntries(parts.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  return { day: Date.UTC(year, month - 1, day), minutes: hour * 60 + minute };
}

const iso = (day) => new Date(day).toISOString().slice(0, 10);

// National holidays that do not always fall on a Sunday: article 2 of law 260/1949 and, from 2026, law 151/2025 (4 October).
export function holiday(day) {
  const [year, date] = [new Date(day).getUTCFullYear(), iso(day).slice(5)];
  if (['01-01', '01-06', '04-25', '05-01', '06-02', '08-15', '11-01', '12-08', '12-25', '12-26'].includes(date) || (date === '10-04' && year > 2025)) return true;
  // Easter by the Gregorian computus (Meeus): its Monday is the day after.
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const n = h + l - 7 * Math.floor((a + 11 * h + 22 * l) / 451) + 114;
  return day === Date.UTC(year, Math.floor(n / 31) - 1, (n % 31) + 2);
}

// The intervals of a day in minutes, none if closed; null if nobody knows: no timetable holds, or it is a holiday without a word.
function hours(timetables, day) {
  const date = iso(day);
  const now = timetables.filter(({ dal, al }) => (dal ?? date) <= date && date <= (al ?? date));
  // A timetable with dates is an exception to the one that holds all year.
  const table = now.find(({ dal, al }) => dal || al) ?? now[0];
  if (now.some(({ chiusure }) => chiusure.includes(date))) return [];
  const found = table?.giorni[(new Date(day).getUTCDay() + 6) % 7] ?? null;
  return found?.length && holiday(day) ? null : found;
}

// Whether it is open at a moment: `{open, until}` or `{open: false, shut, days, day, at}`, times in minutes; `shut`: all day long, `days`
// from today to the next opening, none if it is not known. `{holiday: true}` on a holiday, null if nothing can be said.
export function state(timetables, moment) {
  const { day, minutes } = inRome(moment);
  const today = hours(timetables, day);
  if (!today) return holiday(day) ? { holiday: true } : null;
  const inside = today.find(([from, to]) => from <= minutes && minutes < to);
  if (inside) {
    let [, until] = inside;
    for (const [from, to] of today) if (from <= until && until < to) until = to;
    return { open: true, until };
  }
  const shut = { open: false, shut: !today.length };
  for (let days = 0; days < 60; days += 1) {
    const found = hours(timetables, day + days * DAY);
    if (!found) break;
    const at = found.map(([from]) => from).find((from) => days || from > minutes);
    if (at !== undefined) return { ...shut, days, day: day + days * DAY, at };
  }
  return shut;
}

const clock = (minutes) => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
const put = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// The sentence that says it, '' if nothing can be said; `words` are the texts of the page, `lang` its language.
export function sentence(found, words, lang) {
  if (!found) return '';
  if (found.holiday) return words.festivo;
  if (found.open) return put(words.aperto, { ora: clock(found.until) });
  const { shut, days, day, at } = found;
  const shown = days < 7 ? { weekday: 'long' } : { day: 'numeric', month: 'long' };
  const giorno = day && `${days < 7 ? '' : 'il '}${new Intl.DateTimeFormat(lang, { timeZone: 'UTC', ...shown }).format(day)}`;
  const next = days === undefined ? '' : put([words.stesso, words.domani][days] ?? words.apre, { giorno, ora: clock(at) });
  return (shut ? words.oggi : words.chiuso) + next;
}

if (typeof document === 'object') {
  const tell = () => {
    for (const place of document.querySelectorAll('[data-ci-orari]')) {
      const found = state(JSON.parse(place.dataset.ciOrari), new Date());
      const text = sentence(found, place.dataset, document.documentElement.lang);
      if (place.textContent === text) continue;
      place.textContent = text;
      if (found && !found.holiday) place.dataset.stato = found.open ? 'aperto' : 'chiuso';
      else delete place.dataset.stato;
    }
  };
  tell();
  setInterval(tell, 30000);
}
