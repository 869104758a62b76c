// The criteria "cittadino informato" as functions from facts to a verdict, written from the official text: `{score, why}` with score 1
// (successo), 0.5 (tolleranza) or 0 (fallimento) and the reasons of a lower one. Where application and documents differ, the stricter.
import { readFileSync } from 'node:fs';

const data = (name) => readFileSync(new URL(`../data/${name}`, import.meta.url), 'utf8');
const words = JSON.parse(data('criteri.json'));
const library = new Set(data('bootstrap-italia-classes.txt').split('\n').filter((line) => line && !line.startsWith('#')));

/** A verdict under construction: keeps the worst score and every reason. */
class Verdict {
  score = 1;
  why = [];

  lower(score, reason) {
    this.score = Math.min(this.score, score);
    this.why.push(reason);
  }

  need(sound, score, reason) {
    if (!sound) this.lower(score, reason);
    return sound;
  }
}

const judged = (work) => {
  const verdict = new Verdict();
  work(verdict);
  return { score: verdict.score, why: verdict.why };
};
const usable = (entry) => Boolean(entry?.href) && entry.href !== '#';
const first = (facts, name, test = () => true) => facts.tagged[name]?.find(test);
const long = (entries, n = 3) => (entries ?? []).map((entry) => entry.text).join(' ').trim().length >= n;

export function fonts(pages) {
  return judged((v) => {
    for (const page of pages) {
      const wrong = (names) => names.filter((name) => !words.caratteri.some((ok) => ok.toLowerCase() === name.toLowerCase()));
      v.need(!wrong(page.fonts).length, 0, `${page.asked}: ${wrong(page.fonts)}`);
      v.need(!wrong(page.innerFonts).length, 0.5, `${page.asked}: inside ${wrong(page.innerFonts)}`);
    }
  });
}

export function components(pages) {
  return judged((v) => {
    for (const page of pages) {
      v.need(/^[2-9]\d*\.\d+\.\d+$/.test(page.version), 0, `${page.asked}: version ${page.version}`);
      const share = Math.round((100 * page.classes.filter((name) => library.has(name)).length) / page.classes.length);
      v.need(share >= 30, 0, `${page.asked}: ${share} % of classes`);
    }
  });
}

const INDEX = [
  ['A chi è rivolto', ['service-addressed']], ['Come fare', ['service-how-to']], ['Cosa serve', ['service-needed']],
  ['Cosa si ottiene', ['service-achieved']], ['Tempi e scadenze', ['service-calendar-text', 'service-calendar-list']],
  ['Accedi al servizio', ['service-generic-access', 'service-booking-access', 'service-online-access']],
  ['Condizioni di servizio', ['service-file']], ['Contatti', ['service-area']],
];
const READ = new Set(['service-addressed', 'service-how-to', 'service-needed', 'service-achieved', 'service-calendar-text']);

/** What a sheet lacks, and how many labels stand out of order. */
export function sheet(page) {
  const has = (name) => (READ.has(name) ? long(page.tagged[name]) : Boolean(page.tagged[name]));
  const labels = [...new Set(page.index)];
  const missing = INDEX.filter(([label, names]) => !labels.includes(label) || !names.some(has)).map(([label]) => label);
  for (const name of ['service-title', 'service-description', 'service-area']) if (!long(page.tagged[name])) missing.push(name);
  if (!page.tagged['service-status']) missing.push('service-status');
  if (!long(page.tagged['service-topic'], 1)) missing.push('service-topic');
  const steps = [...new Set(page.breadcrumb.map((step) => step.toLowerCase().replace(/[^a-z0-9 ]/g, '').trim()).filter(Boolean))];
  if (!((steps[steps.indexOf('servizi') + 1] ?? '').length >= 3 && steps.includes('servizi'))) missing.push('categoria');
  const order = labels.filter((label) => INDEX.some(([name]) => name === label));
  const rank = order.map((label) => INDEX.findIndex(([name]) => name === label));
  const sorted = (list) => list.every((n, at) => at === 0 || list[at - 1] < n);
  const moved = sorted(rank) ? 0 : rank.some((_, at) => sorted(rank.toSpliced(at, 1))) ? 1 : 2;
  return { missing, moved };
}

export function sheets(pages, links) {
  return judged((v) => {
    v.need(links >= 10, 0, `${links} sheets`);
    for (const page of pages) {
      const { missing, moved } = sheet(page);
      if (missing.length > 2 || moved > 1) v.lower(0, `${page.asked}: ${missing}, ${moved} moved`);
      else if (missing.length || moved) v.lower(0.5, `${page.asked}: ${missing}, ${moved} moved`);
    }
  });
}

export function theme(styles) {
  return judged((v) => {
    const header = styles.map((css) => /\/\*![^]*?Text Domain:\s*design_comuni_italia[^]*?\*\//.exec(css)?.[0]).find(Boolean);
    if (!v.need(header, 0.5, 'no theme of a CMS')) return;
    const version = /Version:\s*(\d+)/.exec(header)?.[1];
    v.need(Number(version) >= 1, 0, `theme ${version}`);
  });
}

export function vocabularies(home, topics) {
  return judged((v) => {
    if (!v.need(usable(first(home, 'all-topics', usable)), 0, 'no link to the topics')) return;
    const names = [...new Set((topics?.tagged['topic-element'] ?? []).map((entry) => entry.text).filter(Boolean))];
    if (!v.need(names.length, 0, 'no topics')) return;
    const official = new Set(words.argomenti.map((name) => name.toLowerCase()));
    const foreign = names.filter((name) => !official.has(name.toLowerCase()));
    const share = Math.round((100 * (names.length - foreign.length)) / names.length);
    v.need(!foreign.length, share >= 50 ? 0.5 : 0, `not in the list: ${foreign}`);
  });
}

const MENU = [['management', /^amministrazione$/i], ['news', /^novità$/i], ['all-services', /^servizi$/i], ['live', /^vivere ./i]];

export function menu(home) {
  return judged((v) => {
    const items = [...MENU.map(([name]) => name), 'custom-submenu'].flatMap((name) => (home.tagged[name] ?? []).filter(usable));
    v.need(items.length < 8, 0, `${items.length} entries`);
    v.need(items.length === 4, 0.5, `${items.length} entries`);
    MENU.forEach(([name, label], n) => v.need(items[n] && label.test(items[n].text), 0, `${name}: ${items[n]?.text}`));
    const host = new URL(home.url).host.replace(/^www\./, '');
    for (const item of items) v.need(new URL(item.url).host.includes(host), 0, `${item.text} leads outside`);
  });
}

const CATEGORIES = { management: 'management-category-link', news: 'news-category-link', services: 'service-category-link' };

export function secondLevel(levels) {
  return judged((v) => {
    const titles = [];
    for (const [key, name] of Object.entries(CATEGORIES)) {
      const found = (levels[key].tagged[name] ?? []).filter(usable).map((entry) => entry.text);
      v.need(found.length, 0, `no ${name}`);
      titles.push(...found.map((title) => [key, title]));
    }
    for (const name of ['live-button-locations', 'live-button-events']) v.need(usable(first(levels.live, name)), 0, `no ${name}`);
    const wrong = titles.filter(([key, title]) => !words.secondo_livello[key].some((ok) => ok.toLowerCase() === title.toLowerCase()));
    const share = Math.round((100 * (titles.length + 2 - wrong.length)) / (titles.length + 2));
    v.need(!wrong.length, share > 50 ? 0.5 : 0, `not official: ${wrong}`);
  });
}

export function booking(pages, target) {
  return judged((v) => {
    v.need(target, 0, 'the booking page does not load');
    for (const page of pages) v.need(usable(first(page, 'appointment-booking', usable)), 0, `${page.asked}: no appointment-booking`);
  });
}

export function contacts(pages) {
  return judged((v) => {
    for (const page of pages) v.need(page.index.includes('Contatti') && page.tagged['service-area'], 0, `${page.asked}: no contacts`);
  });
}

export function faq(home, exists) {
  return judged((v) => {
    const link = first(home, 'faq', (entry) => entry.footer && usable(entry));
    if (!v.need(link && exists(link.url), 0, 'no link to the questions')) return;
    v.need(/faq|domande frequenti/i.test(link.text), 0.5, link.text);
  });
}

export function inefficiency(home, exists) {
  return judged((v) => {
    const link = first(home, 'report-inefficiency', (entry) => entry.footer && usable(entry));
    const mail = /^mailto:[^@\s?,]+@[^@\s?,]+\.[^@\s?,]+(,[^@\s?,]+@[^@\s?,]+\.[^@\s?,]+)*(\?.*)?$/.test(link?.href ?? '');
    if (!v.need(link && (mail || exists(link.url)), 0, 'no link to the report')) return;
    v.need(['disservizio', 'segnala disservizio', 'segnalazione disservizio'].includes(link.text.toLowerCase()), 0.5, link.text);
  });
}

/** The evaluation widget of one page: no tolerance in the documents, so anything below 1 is told. */
export function feedback(rated, v) {
  if (!v.need(rated, 0, 'no widget')) return;
  const { titolo, negativa, positiva } = words.valutazione;
  if (v.need(rated.title !== null, 0.5, 'no title')) v.need(rated.title === titolo.toLowerCase(), 0, `title ${rated.title}`);
  v.need(rated.input, 0.5, 'no text field');
  rated.rates.forEach((rate, at) => {
    const [shown, hidden, block] = at < 3 ? ['negative', 'positive', negativa] : ['positive', 'negative', positiva];
    v.need(rate.star, 0.5, `no star ${at + 1}`);
    if (!v.need(rate.positive !== null && rate.negative !== null, 0.5, 'no answers')) return;
    v.need(rate[shown] && !rate[hidden], 0, `star ${at + 1} shows the wrong answers`);
    if (v.need(rate.question !== null, 0.5, `no question at ${at + 1}`)) v.need(rate.question === block.domanda.toLowerCase(), 0, rate.question);
    const known = block.risposte.map((answer) => answer.toLowerCase());
    v.need(rate.answers.every((answer) => known.includes(answer)), 0, `unknown answer at ${at + 1}`);
    v.need(known.every((answer) => rate.answers.includes(answer)), 0.5, `answers missing at ${at + 1}`);
  });
}

export function ratings(rated) {
  return judged((v) => {
    for (const [url, widget] of rated) {
      const before = v.why.length;
      feedback(widget, v);
      for (let at = before; at < v.why.length; at += 1) v.why[at] = `${url}: ${v.why[at]}`;
    }
  });
}

export function cookies(pages) {
  return judged((v) => {
    for (const page of pages) {
      const host = new URL(page.url).hostname.replace(/^www\./, '');
      for (const cookie of page.cookies) v.need([host, `.${host}`].includes(cookie.domain.replace(/^www\./, '')), 0, `${page.asked}: ${cookie.domain}`);
    }
  });
}

export function accessibility(home, host, fetched) {
  return judged((v) => {
    const link = first(home, 'accessibility-link', (entry) => entry.footer);
    if (!v.need(link?.href?.includes('https://form.agid.gov.it/'), 0, 'no declaration')) return;
    const body = fetched.body.toLowerCase();
    v.need(fetched.status >= 200 && fetched.status < 300, 0, 'the declaration does not load');
    v.need(body.includes(host) && /wcag 2\.1|wcag-21|wcag 2\.2/.test(body), 0, 'the declaration speaks of another site');
  });
}

export function privacy(home, exists) {
  return judged((v) => {
    const link = first(home, 'privacy-policy-link', (entry) => entry.footer && usable(entry));
    v.need(link && new URL(link.url).protocol === 'https:' && exists(link.url), 0, 'no privacy page');
  });
}

export function licence(home, notes, exists) {
  return judged((v) => {
    const link = first(home, 'legal-notes', (entry) => entry.footer && usable(entry));
    if (!v.need(link && exists(link.url), 0, 'no legal notes')) return;
    const joined = (name) => (notes?.tagged[name] ?? []).map((entry) => entry.text).join(' ').trim().toLowerCase().replace(/\s+/g, ' ').replaceAll("'", '’');
    v.need(joined('legal-notes-section') === words.licenza.titolo.toLowerCase(), 0, `section ${joined('legal-notes-section')}`);
    v.need(joined('legal-notes-body') === words.licenza.testo.toLowerCase(), 0, 'the wording differs');
  });
}

export function speed(score, home) {
  return judged((v) => v.need(score >= 0.5 || /piano di miglioramento del sito/i.test(home.footer), 0, `performance ${score}`));
}

export function certificateOf(origin, answer) {
  return judged((v) => {
    v.need(origin.startsWith('https:') && answer.status === 200, 0, answer.error ?? 'not https');
    v.need(words.tls.versioni.includes(answer.session?.version), 0, `protocol ${answer.session?.version}`);
    v.need(words.tls.suite.includes(answer.session?.suite), 0, `suite ${answer.session?.suite}`);
    v.need(new Date(answer.session?.until) > new Date(), 0, 'expired');
  });
}

export function domain(addresses, exists) {
  return judged((v) => {
    for (const address of addresses) {
      const host = new URL(address).hostname.replace(/^www\./, '');
      const official = words.domini.some((name) => host === `comune.${name}` || host.endsWith(`.comune.${name}`));
      v.need(official, 0, `${address} is not institutional`);
      v.need(exists(address.replace('://www.', '://')), 0, `${address} does not answer without www`);
    }
  });
}

const LEAVES = [
  'name', 'serviceType', 'serviceOperator.name', 'areaServed.name', 'audience.audienceType', 'availableChannel.serviceUrl',
  'availableChannel.serviceLocation.name', 'availableChannel.serviceLocation.address.streetAddress',
  'availableChannel.serviceLocation.address.postalCode', 'availableChannel.serviceLocation.address.addressLocality',
];

export function metatag(pages) {
  return judged((v) => {
    for (const page of pages) {
      let json = null;
      try {
        json = JSON.parse(first(page, 'metatag')?.text ?? '');
      } catch { /* stays null: judged below */ }
      const leaf = (path) => path.split('.').reduce((at, key) => (Array.isArray(at) ? undefined : at?.[key]), json);
      const empty = LEAVES.filter((path) => typeof leaf(path) !== 'string' || !leaf(path).trim());
      v.need(!empty.length, empty.length >= 5 ? 0 : 0.5, `${page.asked}: ${empty}`);
    }
  });
}
