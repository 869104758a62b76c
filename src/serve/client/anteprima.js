// What the preview adds to each page: it hears of changes, loads the page again or swaps its style, and shows what is wrong.
// Texts are written as text, never as HTML: the policy of the pages allows nothing else.
(() => {
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

  let first = null;

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

  /** Whether what has changed are the style sheets alone, as many as before. */
  const onlyStyle = (news) => news.impronta === first.impronta && news.fogli.length === first.fogli.length;

  const hear = (news) => {
    const t = TESTI[news.lingua];
    first ??= { ...news, impronta: own ?? news.impronta };
    if (onlyStyle(news)) {
      restyle(first.fogli, news.fogli);
      first = news;
    } else {
      location.reload();
      return;
    }
    showErrors(news, t);
    showCorner(news, t);
  };

  // What the page was when it was sent; a change before the first news is not lost.
  const own = document.currentScript?.dataset.impronta;
  const source = new EventSource(`/.campanile/novita?pagina=${encodeURIComponent(location.pathname)}`);
  source.addEventListener('message', ({ data }) => hear(JSON.parse(data)));
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED) corner.replaceChildren(el('summary', { className: 'trovati' }, TESTI.it.interrotta));
  });
  addEventListener('pagehide', () => source.close());
})();
