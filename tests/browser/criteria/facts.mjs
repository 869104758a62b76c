// What a page shows to the criteria, read in the browser after loading: everything but the evaluation widget, which must be clicked.

/** Runs in the page. */
function collect() {
  const text = (element) => element.textContent.trim();
  const tagged = {};
  for (const element of document.querySelectorAll('[data-element]')) {
    const entry = { text: text(element), href: element.getAttribute('href'), url: element.href ?? null, footer: Boolean(element.closest('footer')) };
    (tagged[element.dataset.element] ??= []).push(entry);
  }
  const family = (element) => getComputedStyle(element).fontFamily.split(',')[0].replaceAll('"', '').trim();
  const letters = [...document.body.querySelectorAll('h1, h2, h3, h4, h5, h6, p')];
  const version = window.BOOTSTRAP_ITALIA_VERSION ?? getComputedStyle(document.body).getPropertyValue('--bootstrap-italia-version');
  return {
    tagged,
    fonts: [...new Set(letters.map(family))],
    innerFonts: [...new Set(letters.flatMap((element) => [...element.querySelectorAll('*')].map(family)))],
    version: String(version).replace(/["\s]/g, ''),
    classes: [...new Set([...document.querySelectorAll('[class]')].flatMap((element) => [...element.classList]))],
    index: [...document.querySelectorAll('[data-element="page-index"] > li > a')].map(text),
    breadcrumb: [...document.querySelectorAll('[data-element="breadcrumb"] li')].map(text),
    styles: [...document.querySelectorAll('link[href*=".css"]')].map((link) => link.href),
    footer: document.querySelector('footer')?.textContent ?? '',
  };
}

/** Loads an address and reads it: facts, cookies, final address. */
export async function read(tab, url) {
  await tab.goto(url, { waitUntil: 'load' });
  return { ...(await tab.evaluate(collect)), asked: url, url: tab.url(), cookies: await tab.context().cookies() };
}

/** Scrolls down, clicks every star twice, and tells after each what is seen (C.SI.2.5, 2.6). */
export async function rate(tab) {
  return tab.evaluate(() => {
    const widget = document.querySelector('[data-element="feedback"]');
    if (!widget) return null;
    window.scrollTo(0, document.body.scrollHeight);
    const inside = (name) => widget.querySelector(`[data-element="${name}"]`);
    const seen = (element) => {
      if (!element) return null;
      const box = element.getBoundingClientRect();
      return getComputedStyle(element).visibility !== 'hidden' && box.width > 0 && box.height > 0 && box.top > 0 && box.bottom > 0;
    };
    const words = (element, name) => [...(element?.querySelectorAll(`[data-element="${name}"]`) ?? [])].map((one) => one.textContent.trim().toLowerCase());
    const rates = [1, 2, 3, 4, 5].map((n) => {
      const star = inside(`feedback-rate-${n}`);
      star?.click();
      star?.click();
      const positive = inside('feedback-rating-positive');
      const negative = inside('feedback-rating-negative');
      const shown = n <= 3 ? negative : positive;
      return {
        star: Boolean(star), positive: seen(positive), negative: seen(negative),
        question: words(shown, 'feedback-rating-question')[0] ?? null, answers: words(shown, 'feedback-rating-answer'),
      };
    });
    return { title: inside('feedback-title')?.textContent.trim().toLowerCase() ?? null, input: Boolean(inside('feedback-input-text')), rates };
  });
}
