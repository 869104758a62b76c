// Lists: [data-ci-step] shows that many entries at a time, a form [data-ci-filter="id"] keeps those that hold all its words,
// the boxes and choices of [data-ci-facts="id"] those that show, or hold in `data-ci-values`, all the facts chosen, its two dates
// those whose `data-ci-days` (days, or first/last day) fall between them.
// The entries are the children or, with [data-ci-items], what matches it inside; a section left empty goes, with the links to it.
// A list that goes on in numbered pages, those of [data-ci-pages="id"], fetches them when somebody begins to narrow it.

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const query = new URLSearchParams(location.search);
const plain = (text) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
for (const list of all('[data-ci-step], [data-ci-list]')) {
  const inner = list.dataset.ciItems;
  const facts = document.querySelector(`[data-ci-facts="${list.id}"]`);
  const labels = (item) => (facts ? [...all('.chip-label', item).map((label) => label.textContent), ...(item.dataset.ciValues?.split(' ') ?? [])] : []);
  const entry = (item) => [item, plain(item.textContent), labels(item)];
  const here = inner ? all(inner, list) : [...list.children];
  let items = here.map(entry);
  const pages = document.querySelector(`[data-ci-pages="${list.id}"]`);
  let whole = pages ? null : Promise.resolve();
  const page = ({ href, ariaCurrent }) => ariaCurrent ? here : new Promise((resolve, reject) => {
    const request = Object.assign(new XMLHttpRequest(), { responseType: 'document', onerror: reject });
    request.onload = () => {
      const other = request.response?.getElementById(list.id);
      if (other) resolve([...other.children]);
      else reject();
    };
    request.open('GET', href);
    request.send();
  });
  const complete = () => Promise.all(all('a', pages).map(page)).then((lists) => {
    list.append(...lists.flat());
    items = lists.flat().map(entry);
    show(true);
  }, () => (whole = null));
  const form = document.querySelector(`[data-ci-filter="${list.id}"]`);
  const more = document.querySelector(`[data-ci-more="${list.id}"]`);
  const status = document.querySelector(`[data-ci-status="${list.id}"]`);
  const step = Number(list.dataset.ciStep) || Infinity;
  const before = status?.textContent;
  const aim = document.getElementById(location.hash.slice(1));
  let limit = Math.max(step, items.findIndex(([item]) => item.contains(aim)) + 1);
  const show = (announce) => {
    const words = form ? plain(form.elements.q.value).split(/\s+/).filter(Boolean) : [];
    const ticked = facts ? all(':checked', facts).map((box) => box.value).filter(Boolean) : [];
    const [from, to] = facts ? all('[type=date]', facts).map((field) => field.value) : [];
    const within = ({ dataset }) => !(from || to) || dataset.ciDays.split(' ').some((day) => {
      const [first, last = first] = day.split('/');
      return last >= from && (!to || first <= to);
    });
    const fits = ([item, text, own]) => words.every((word) => text.includes(word)) && ticked.every((fact) => own.includes(fact)) && within(item);
    const asked = words.length + ticked.length || from || to;
    if (asked && !whole) whole = complete();
    if (pages) pages.hidden = asked && items.length > here.length;
    const found = items.filter(asked ? fits : ([item]) => here.includes(item));
    const shown = new Set(found.slice(0, limit).map(([item]) => item));
    for (const [item] of items) item.hidden = !shown.has(item);
    for (const part of inner ? all('section', list) : []) {
      part.hidden = !all(inner, part).some((item) => !item.hidden);
      for (const link of all(`a[href="#${part.id}"]`)) link.parentElement.hidden = part.hidden;
    }
    if (more) more.hidden = found.length <= limit;
    if (status && announce) status.textContent = asked ? `${found.length} ${status.dataset[found.length === 1 ? 'one' : 'label']}` : before;
  };
  more?.addEventListener('click', () => {
    const first = limit;
    limit += step;
    show(false);
    items.filter(([item]) => !item.hidden)[first]?.[0].querySelector('.card-title a, summary')?.focus();
  });
  for (const part of [form, facts]) part?.addEventListener('input', () => { limit = step; show(true); });
  if (facts) Object.assign(facts, { hidden: false, open: matchMedia('(min-width: 992px)').matches });
  form?.addEventListener('submit', (event) => { event.preventDefault(); show(true); });
  if (form && query.get('q')) form.elements.q.value = query.get('q');
  show(Boolean(form?.elements.q.value));
}
