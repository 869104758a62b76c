// What the pages gain from a script: modal menu on small screens, dropdowns that close, current section in the page index,
// evaluation without leaving the page. Every page works without it. No markup is written from strings (Trusted Types), no inline style;
// the first line tells the official validator which library the markup follows (replaced by build.mjs).
window.BOOTSTRAP_ITALIA_VERSION = '__BOOTSTRAP_ITALIA_VERSION__';
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // --- menu: below 992 px a modal panel; all the rest of the page is inert while it is open
  const menu = document.getElementById('menu');
  const opener = document.querySelector('[data-bs-toggle="navbarcollapsible"]');
  const wide = matchMedia('(min-width: 992px)');
  let asleep = [];
  const toggle = (open) => {
    if (open === menu.classList.contains('expanded')) return;
    menu.classList.toggle('expanded', open);
    opener.setAttribute('aria-expanded', open);
    document.body.classList.toggle('ci-menu-open', open);
    if (open) {
      menu.setAttribute('role', 'dialog');
      menu.setAttribute('aria-modal', 'true');
      menu.setAttribute('aria-label', menu.dataset.label);
      for (let node = menu; node !== document.body; node = node.parentElement) {
        asleep.push(...[...node.parentElement.children].filter((other) => other !== node && !other.inert));
      }
    } else {
      for (const name of ['role', 'aria-modal', 'aria-label']) menu.removeAttribute(name);
    }
    asleep.forEach((node) => (node.inert = open));
    if (open) menu.querySelector('.close-menu').focus();
    else {
      asleep = [];
      if (!wide.matches) opener.focus();
    }
  };
  if (menu && opener) {
    opener.addEventListener('click', () => toggle(true));
    menu.addEventListener('click', (event) => event.target.closest('.close-menu, .overlay, a') && toggle(false));
    menu.addEventListener('keydown', (event) => event.key === 'Escape' && toggle(false));
    wide.addEventListener('change', () => toggle(false));
  }

  // --- dropdowns are <details>: close them on Escape, on a click elsewhere, when focus leaves
  for (const box of all('details.dropdown')) {
    box.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !box.open) return;
      box.open = false;
      box.querySelector('summary').focus();
    });
    box.addEventListener('focusout', (event) => event.relatedTarget && !box.contains(event.relatedTarget) && (box.open = false));
    document.addEventListener('click', (event) => !box.contains(event.target) && (box.open = false));
  }

  // --- page index: mark the section being read
  const entries = new Map(all('[data-bs-navscroll] a[href^="#"]').map((link) => [document.getElementById(link.hash.slice(1)), link]));
  entries.delete(null);
  if (entries.size && 'IntersectionObserver' in window) {
    const seen = new Set();
    const observer = new IntersectionObserver((changes) => {
      for (const { target, isIntersecting } of changes) seen[isIntersecting ? 'add' : 'delete'](target);
      const current = [...entries.keys()].find((section) => seen.has(section));
      if (!current) return;
      for (const [section, link] of entries) {
        link.classList.toggle('active', section === current);
        if (section === current) link.setAttribute('aria-current', 'true');
        else link.removeAttribute('aria-current');
      }
    }, { rootMargin: '-10% 0px -60% 0px' });
    for (const section of entries.keys()) observer.observe(section);
  }

  // --- what the address asks for: the office of a booking, an open question
  const query = new URLSearchParams(location.search);
  const office = document.querySelector('select[name="ufficio"]');
  const asked = query.get('ufficio');
  if (office && [...office.options].some(({ value }) => value === asked)) office.value = asked;
  const reveal = () => document.getElementById(location.hash.slice(1))?.closest('details')?.setAttribute('open', '');
  addEventListener('hashchange', reveal);
  reveal();

  // --- actions that need a script are hidden in the page and shown here
  const actions = {
    print: () => print(),
    share: () => navigator.share({ title: document.title, url: location.href }).catch(() => {}),
    copy: async (button) => {
      await navigator.clipboard.writeText(location.href);
      const label = button.querySelector('span');
      label.setAttribute('role', 'status');
      label.textContent = button.dataset.done;
    },
  };
  for (const button of all('[data-ci-action]')) {
    const name = button.dataset.ciAction;
    if ((name === 'share' && !navigator.share) || (name === 'copy' && !navigator.clipboard)) continue;
    (button.closest('li[hidden]') ?? button).hidden = false;
    button.addEventListener('click', () => actions[name](button));
  }

  // --- the text of the page read aloud, by a voice of the device: one from the network would send the text to others. Browsers
  // disagree on pauses: ours begins the paragraph again.
  const listen = document.querySelector('[data-ci-listen]');
  const speech = window.speechSynthesis;
  if (listen && speech) {
    const quiet = document.querySelector('[data-ci-quiet]');
    const label = listen.querySelector('span');
    const labels = [label.textContent, ...listen.dataset.ciListen.split('|')];
    const voice = () => speech.getVoices().find(({ lang, localService }) => localService && lang.slice(0, 2) === document.documentElement.lang);
    const offer = () => voice() && (listen.hidden = false);
    const paragraphs = () => {
      const found = new Map();
      for (const part of all('main :is(.ci-hero, .ci-prose)')) {
        const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const { parentElement: inside, data } = walker.currentNode;
          if (!inside.checkVisibility() || inside.closest('.visually-hidden, button')) continue;
          const block = inside.closest('h1, h2, h3, h4, h5, p, li, dt, dd, th, td, caption, figcaption, div');
          found.set(block, (found.get(block) ?? '') + data);
        }
      }
      return [...found.values()].map((text) => text.trim()).filter(Boolean);
    };
    let texts = [];
    let at = 0;
    let said = null;
    const show = (state) => { label.textContent = labels[state]; quiet.hidden = !state; };
    const pause = () => { said = null; speech.cancel(); show(2); };
    const stop = () => { pause(); show(at = 0); };
    const say = () => {
      if (at >= texts.length) return stop();
      said = new SpeechSynthesisUtterance(texts[at]);
      said.voice = voice();
      said.lang = said.voice.lang;
      said.onend = ({ target }) => { if (target === said) { at += 1; say(); } };
      said.onerror = ({ target }) => target === said && stop();
      speech.speak(said);
      show(1);
    };
    listen.addEventListener('click', () => {
      if (said) return pause();
      if (!at) texts = paragraphs();
      say();
    });
    quiet.addEventListener('click', () => { stop(); listen.focus(); });
    speech.addEventListener('voiceschanged', offer);
    addEventListener('pagehide', stop);
    offer();
  }

  // --- statistics where the Comune has chosen Web Analytics Italia: no cookie, no identifier, no text that people write
  const { ciWai } = document.documentElement.dataset;
  const tell = (facts) => ciWai && navigator.sendBeacon(`https://ingestion.webanalytics.italia.it/matomo.php?${new URLSearchParams({ idsite: ciWai, rec: 1, cookie: 0, url: location.origin + location.pathname, ...facts })}`);
  tell({ action_name: document.title });

  // --- evaluation: by email the answers go into the message; an endpoint of this site is called without leaving the page
  // (another origin is outside connect-src: there the form is simply sent)
  for (const box of all('[data-element="feedback"]')) {
    const chosen = (name) => box.querySelector(`[name="${name}"]:checked`)?.value ?? '';
    const vote = () => tell({ e_c: 'valutazione', e_a: chosen(chosen('valutazione') > 3 ? 'positiva' : 'negativa') || '-', e_v: chosen('valutazione'), ca: 1 });
    box.addEventListener('submit', vote);
    const mail = box.querySelector('[data-ci-mailto]');
    mail?.addEventListener('click', () => {
      vote();
      const stars = chosen('valutazione');
      const lines = [location.href, `${stars}/5`, chosen(stars > 3 ? 'positiva' : 'negativa'), box.querySelector('[name="dettaglio"]').value];
      mail.href = `${mail.href.split('?')[0]}?subject=${encodeURIComponent(mail.dataset.ciMailto)}&body=${encodeURIComponent(lines.filter(Boolean).join('\r\n'))}`;
    });
    if (!box.action || new URL(box.action).origin !== location.origin) continue;
    box.addEventListener('submit', async (event) => {
      event.preventDefault();
      const answer = await fetch(box.action, { method: 'POST', body: new URLSearchParams(new FormData(box)) }).catch(() => null);
      if (!answer?.ok) return box.submit();
      box.classList.add('ci-sent');
      box.querySelector('.ci-thanks').hidden = false;
    });
  }
})();
