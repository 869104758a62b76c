// The search page: finds pages in an index that is fetched when somebody searches. Letter case, accents and the last vowel do not count
// ("rifiuto" finds "rifiuti"), words may be begun only, those of titles weigh most. Texts of contents never become markup.

export const words = (text) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().split(/[^a-z0-9]+/).filter(Boolean);

const stem = (word) => (word.length > 4 ? word.replace(/[aeiou]$/, '') : word);

// What an index holds, ready to be searched.
export function prepare({ tipi, argomenti, voci, parole, comuni }) {
  const entries = voci.map(([titolo, url, descrizione, tipo, topics, data], place) => ({
    titolo, url, descrizione, data, place,
    tipi: [tipi[tipo]], argomenti: topics.map((topic) => argomenti[topic]),
    title: words(titolo), about: words([descrizione, tipi[tipo], ...topics.map((topic) => argomenti[topic])].join(' ')),
  }));
  return { entries, texts: Object.entries(parole), comuni };
}

// How much every entry has of a word: {place: weight}.
function weights({ entries, texts }, word) {
  const start = stem(word);
  const found = new Map();
  const begins = (list) => list.some((one) => one.startsWith(start));
  for (const { title, about, place } of entries) {
    const weight = title.includes(word) ? 12 : begins(title) ? 8 : begins(about) ? 3 : 0;
    if (weight) found.set(place, weight);
  }
  for (const [text, places] of texts) if (text.startsWith(start)) for (const place of places) if (!found.has(place)) found.set(place, 1);
  return found;
}

// The entries that hold all the words of a query, best first. A word that stands in too many texts excludes nothing, unless it is alone.
export function search(index, query) {
  const asked = [...new Set(words(query))];
  if (!asked.length) return [];
  const found = asked.map((word) => weights(index, word));
  const decides = asked.map((word) => !index.comuni.some((one) => one.startsWith(stem(word))) && word.length > 2);
  const needed = decides.some(Boolean) ? found.filter((_, n) => decides[n]) : found;
  const score = ({ place }) => found.reduce((sum, one) => sum + (one.get(place) ?? 0), 0);
  return index.entries.filter(({ place }) => needed.every((one) => one.has(place)))
    .map((entry) => [score(entry), entry]).sort(([a, one], [b, other]) => b - a || one.place - other.place).map(([, entry]) => entry);
}

// Changes of one letter that make a word of another, no more than `most`.
function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let row = [...Array(other.length + 1).keys()];
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] !== other[j - 1])));
    row = next;
  }
  return row[other.length];
}

// The query with every unknown word replaced by the nearest one of the index; '' if none is near.
export function suggestion(index, query) {
  const known = [...new Set([...index.entries.flatMap(({ title }) => title), ...index.texts.map(([text]) => text), ...index.comuni])];
  const better = words(query).map((word) => {
    if (known.some((one) => one.startsWith(stem(word)))) return word;
    const most = word.length > 5 ? 2 : 1;
    let [best, least] = ['', most + 1];
    for (const one of known) {
      const far = distance(word, one, most);
      if (far < least) [best, least] = [one, far];
    }
    return best;
  });
  return better.every(Boolean) && search(index, better.join(' ')).length ? better.join(' ') : '';
}

const FACETS = ['tipi', 'argomenti'];
const fits = (entry, facet, chosen) => !chosen.length || entry[facet].some((name) => chosen.includes(name));

// The results left by the choices `{tipi, argomenti}`, and how many there would be for every name of each facet, most first.
export function narrow(found, chosen) {
  const left = found.filter((entry) => FACETS.every((facet) => fits(entry, facet, chosen[facet])));
  const counts = Object.fromEntries(FACETS.map((facet) => {
    const others = found.filter((entry) => FACETS.every((one) => one === facet || fits(entry, one, chosen[one])));
    const count = new Map(chosen[facet].map((name) => [name, 0]));
    for (const name of others.flatMap((entry) => entry[facet])) count.set(name, (count.get(name) ?? 0) + 1);
    return [facet, [...count].sort(([one, a], [other, b]) => b - a || one.localeCompare(other))];
  }));
  return { left, counts };
}

const ORDERS = {
  data: (one, other) => (one.data < other.data) - (one.data > other.data) || one.place - other.place,
  titolo: (one, other) => one.place - other.place,
};
/** Results shown at a time; names shown of a facet. */
const STEP = 20;
const NAMES = 12;

if (typeof document === 'object') {
  const at = (id) => document.getElementById(id);
  const form = document.querySelector('[data-ci-ricerca]');
  const status = at('ricerca-stato');
  const make = (name, className, text) => Object.assign(document.createElement(name), { className, textContent: text ?? '' });
  let index = null;
  let limit = STEP;
  let asked = '';

  const load = async () => {
    const answer = await fetch(form.dataset.ciRicerca);
    if (!answer.ok) throw new Error(answer.status);
    return prepare(await answer.json());
  };
  const chosen = () => Object.fromEntries(FACETS.map((facet) => [facet, [...document.querySelectorAll(`[data-ci-faccetta="${facet}"] :checked`)].map(({ value }) => value)]));

  const line = ({ titolo, url, descrizione, tipi }) => {
    const item = make('li', 'py-3 border-bottom');
    const heading = make('h3', 'h5 mb-1');
    heading.append(Object.assign(make('a', '', titolo), { href: url }));
    item.append(make('p', 'small mb-1', tipi[0]), heading);
    if (descrizione) item.append(make('p', 'mb-0', descrizione));
    return item;
  };
  const facet = (name, counts, ticked) => {
    const box = document.querySelector(`[data-ci-faccetta="${name}"]`);
    const focused = box.contains(document.activeElement) ? document.activeElement.value : null;
    const rows = counts.slice(0, NAMES).concat(counts.slice(NAMES).filter(([value]) => ticked.includes(value))).map(([value, count], n) => {
      const row = make('div', 'form-check');
      const input = Object.assign(make('input', ''), { type: 'checkbox', id: `ricerca-${name}-${n}`, value, checked: ticked.includes(value) });
      row.append(input, Object.assign(make('label', '', `${value} (${count})`), { htmlFor: input.id }));
      return row;
    });
    box.replaceChildren(box.firstElementChild, ...rows);
    box.hidden = !rows.length;
    rows.find(({ firstElementChild }) => firstElementChild.value === focused)?.firstElementChild.focus();
  };

  const show = () => {
    const query = form.elements.q.value.trim();
    const searching = words(query).length > 0;
    at('ricerca').hidden = !searching || !index;
    at('indice').hidden = searching && Boolean(index);
    if (!searching || !index) {
      if (!searching) status.textContent = '';
      return;
    }
    const all = search(index, query);
    const ticked = chosen();
    const { left, counts } = narrow(all, ticked);
    left.sort(ORDERS[at('ricerca-ordine').value] ?? (() => 0));
    for (const name of FACETS) facet(name, counts[name], ticked[name]);
    at('ricerca-azzera').hidden = !FACETS.some((name) => ticked[name].length);
    at('ricerca-risultati').replaceChildren(...left.slice(0, limit).map(line));
    at('ricerca-altri').hidden = left.length <= limit;
    const near = all.length ? '' : suggestion(index, query);
    at('ricerca-forse').hidden = !near;
    at('ricerca-forse').querySelector('a')?.remove();
    if (near) at('ricerca-forse').append(Object.assign(make('a', '', near), { href: `?q=${encodeURIComponent(near)}` }));
    status.textContent = `${left.length} ${left.length === 1 ? status.dataset.uno : status.dataset.molti}`;
  };

  const ask = async () => {
    const query = form.elements.q.value.trim();
    if (query === asked) return;
    asked = query;
    limit = STEP;
    for (const box of document.querySelectorAll('[data-ci-faccetta] :checked')) box.checked = false;
    history.replaceState(null, '', query ? `?q=${encodeURIComponent(query)}` : location.pathname);
    try {
      if (query && !index) index = await load();
      show();
    } catch {
      asked = '';
      status.textContent = status.dataset.guasto;
    }
  };

  let pending = 0;
  form.addEventListener('input', () => { clearTimeout(pending); pending = setTimeout(ask, 250); });
  form.addEventListener('submit', (event) => { event.preventDefault(); clearTimeout(pending); ask(); });
  at('ricerca-filtri').addEventListener('change', () => { limit = STEP; show(); });
  at('ricerca-azzera').addEventListener('click', () => {
    for (const box of document.querySelectorAll('[data-ci-faccetta] :checked')) box.checked = false;
    show();
    at('ricerca-ordine').focus();
  });
  at('ricerca-altri').addEventListener('click', () => {
    const first = limit;
    limit += STEP;
    show();
    at('ricerca-risultati').children[first]?.querySelector('a').focus();
  });
  at('ricerca-filtri').open = matchMedia('(min-width: 992px)').matches;
  const { search: address } = location;
  form.elements.q.value = new URLSearchParams(address).get('q') ?? '';
  ask();
}
