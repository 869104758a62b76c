// What the preview adds to each page: it hears of changes, brings the page and its style up to date, and shows what is wrong.
// Texts are written as text, never as HTML: the policy of the pages allows nothing else.
import { fetched, graft } from './innesto.js';

{
  const TESTI = {
    it: {
      errori: 'Da correggere prima di pubblicare',
      buona: 'Sotto vedi l\'ultima versione buona del sito.',
      pagina: 'Da migliorare in questa pagina',
      nessuno: 'Nessun difetto trovato in questa pagina',
      altri: (n) => `e altri ${n}`,
      oggi: 'Guarda il sito al giorno',
      vero: 'Torna a oggi',
      apri: 'Apri il file',
      anteprima: 'Anteprima',
      interrotta: 'L\'anteprima si è fermata: riavvia `campanile serve`.',
      livelli: { error: 'Errore', warning: 'Avviso', hint: 'Consiglio' },
    },
    en: {
      errori: 'To be corrected before publishing',
      buona: 'Below is the last good version of the site.',
      pagina: 'To be improved on this page',
      nessuno: 'No fault found on this page',
      altri: (n) => `and ${n} more`,
      oggi: 'See the site on the day',
      vero: 'Back to today',
      apri: 'Open the file',
      anteprima: 'Preview',
      interrotta: 'The preview has stopped: start `campanile serve` again.',
      livelli: { error: 'Error', warning: 'Warning', hint: 'Hint' },
    },
  };
  const COOKIE = 'campanile-oggi';

  /** An element with its properties and what it holds. */
  const el = (name, properties = {}, ...inside) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...inside);
    return made;
  };

  const host = el('campanile-anteprima');
  const root = host.attachShadow({ mode: 'open' });
  root.append(el('link', { rel: 'stylesheet', href: '/.campanile/anteprima.css' }));
  const errors = el('section', { className: 'errori', hidden: true, tabIndex: -1 });
  const corner = el('details', { className: 'angolo' });
  root.append(errors, corner);
  document.body.append(host);

  const version = (page) => page.querySelector('script[data-impronta]')?.dataset.impronta;

  /** What the page was when it was sent. */
  let shown = version(document);
  /** The page as the server sent it, before any script touched it. */
  let sent = fetched(location.href);
  let sheets = null;

  /** A finding, with its place and its cure. */
  const item = (voce, t) => {
    const place = voce.luogo && (voce.apri ? el('a', { href: voce.apri, title: t.apri }, voce.luogo) : voce.luogo);
    return el('li', { className: voce.livello },
      el('strong', {}, `${t.livelli[voce.livello]}: `), voce.messaggio, ' ',
      el('span', { className: 'codice' }, voce.codice),
      ...(place ? [el('div', {}, place)] : []),
      ...(voce.brano ? [el('pre', {}, voce.brano)] : []),
      ...(voce.rimedio ? [el('div', { className: 'rimedio' }, voce.rimedio)] : []));
  };

  const list = ({ voci, altri }, t) => [
    el('ul', {}, ...voci.map((voce) => item(voce, t))),
    ...(altri ? [el('p', {}, t.altri(altri))] : []),
  ];

  const showErrors = (news, t) => {
    const { errori } = news;
    errors.hidden = !errori.voci.length;
    errors.lang = news.lingua;
    errors.ariaLabel = t.errori;
    errors.replaceChildren(el('h2', {}, t.errori), el('p', {}, t.buona), ...list(errori, t));
  };

  /** Sets the day on which the site is looked at, or today's. */
  const look = (day) => {
    document.cookie = `${COOKIE}=${day}; path=/; SameSite=Strict${day ? '' : '; max-age=0'}`;
    location.reload();
  };

  const showCorner = (news, t) => {
    const { pagina } = news;
    // The page has not been judged yet: what is known stays.
    if (!pagina) return;
    const count = pagina.voci.length + pagina.altri;
    const day = el('input', { type: 'date', value: news.giorno, ariaLabel: t.oggi });
    day.addEventListener('change', () => day.value && look(day.value));
    const back = el('button', { type: 'button', hidden: !document.cookie.includes(`${COOKIE}=`) }, t.vero);
    back.addEventListener('click', () => look(''));
    corner.lang = news.lingua;
    corner.replaceChildren(
      el('summary', { className: count ? 'trovati' : '' }, count ? `${t.anteprima}: ${count}` : t.anteprima),
      el('div', { className: 'giorno' }, el('label', {}, `${t.oggi} `, day), ' ', back),
      el('h2', {}, count ? t.pagina : t.nessuno),
      ...list(pagina, t));
  };

  /** Puts new style sheets in the place of those that have changed, once they have come. */
  const restyle = (before, after) => {
    const links = [...document.head.querySelectorAll('link[rel=stylesheet]')];
    after.forEach((sheet, n) => {
      if (sheet.indirizzo === before[n]?.indirizzo && sheet.impronta === before[n]?.impronta) return;
      const fresh = el('link', { rel: 'stylesheet', href: `${sheet.indirizzo}?${sheet.impronta}` });
      fresh.addEventListener('load', () => links[n]?.remove());
      links[n]?.after(fresh);
    });
  };

  /** Brings the page up to date; false if it must be loaded again. */
  const update = async (news) => {
    if (news.impronta !== shown) {
      const [old, fresh] = await Promise.all([sent, fetched(location.href)]);
      if (version(old) !== shown || !graft(document, old, fresh)) return false;
      sent = fresh;
      shown = version(fresh);
    }
    sheets ??= news.fogli;
    if (sheets.length !== news.fogli.length) return false;
    restyle(sheets, news.fogli);
    sheets = news.fogli;
    return true;
  };

  let last = null;
  let busy = false;

  /** Follows news one at a time; of those that come meanwhile the last alone counts. */
  const hear = async (news) => {
    last = news;
    if (busy) return;
    busy = true;
    while (last) {
      const now = last;
      last = null;
      if (!await update(now).catch(() => false)) {
        location.reload();
        return;
      }
      const t = TESTI[now.lingua];
      showErrors(now, t);
      showCorner(now, t);
    }
    busy = false;
  };

  const source = new EventSource(`/.campanile/novita?pagina=${encodeURIComponent(location.pathname)}`);
  source.addEventListener('message', ({ data }) => hear(JSON.parse(data)));
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED) corner.replaceChildren(el('summary', { className: 'trovati' }, TESTI.it.interrotta));
  });
  addEventListener('pagehide', () => source.close());
}
