// Brings an open page up to date in place: what differs between two versions that the server sent is changed in the page that people
// look at, if nothing else has touched it there. Where that is not so, or a script of the page may depend on it, there is no graft and
// the page must be loaded again.

/** What scripts of a page hold on to, what holds what people typed, and what works by being loaded: never replaced. */
const HELD = '[id], button, input, select, textarea, form, details, dialog, audio, video, iframe, object, script, style, link, meta';
/** The hooks of the page's own scripts: what they found at the start may not change under their hands. */
const HOOK = /^data-(?:ci|bs)-/;
/** Attributes that only show. */
const SHOWN = new Set(['alt', 'aria-label', 'class', 'content', 'datetime', 'height', 'href', 'lang', 'sizes', 'src', 'srcset', 'title', 'width']);
/** Elements whose attributes decide what is loaded or allowed. */
const LOADS = new Set(['SCRIPT', 'LINK', 'STYLE', 'BASE', 'IFRAME', 'OBJECT']);

const hooked = (element) => [...element.attributes].some(({ name }) => HOOK.test(name));

/** Whether a node can be taken out or put in without anybody noticing. */
const free = (node) => node.nodeType !== Node.ELEMENT_NODE
  || (!node.matches(HELD) && !node.querySelector(HELD) && ![node, ...node.querySelectorAll('*')].some(hooked));

/** Whether the difference is not for the graft: data for machines, the preview's own script, style sheets, which are swapped apart. */
const apart = (node) => (node.nodeName === 'SCRIPT' && (node.type === 'application/ld+json' || 'impronta' in node.dataset))
  || (node.nodeName === 'LINK' && node.rel === 'stylesheet');

const aligned = (some, others) => some.length === others.length && some.every((node, n) => node.nodeName === others[n].nodeName);

class Graft {
  changes = [];

  /** Plans the changes that turn `live`, made from `old`, into `fresh`; false if it cannot be done. */
  node(live, old, fresh) {
    if (old.isEqualNode(fresh)) return true;
    if (old.nodeName !== fresh.nodeName || live.nodeName !== old.nodeName) return false;
    if (old.nodeType === Node.ELEMENT_NODE) {
      if (apart(old) && apart(fresh)) return true;
      return !hooked(live) && this.attributes(live, old, fresh) && this.children(live, old, fresh);
    }
    if (live.nodeValue !== old.nodeValue) return false;
    this.changes.push(() => { live.nodeValue = fresh.nodeValue; });
    return true;
  }

  attributes(live, old, fresh) {
    const names = new Set([...old.getAttributeNames(), ...fresh.getAttributeNames()]);
    for (const name of names) {
      const value = fresh.getAttribute(name);
      if (old.getAttribute(name) === value) continue;
      if (!SHOWN.has(name) || LOADS.has(live.nodeName) || live.hasAttribute('http-equiv')) return false;
      if (live.getAttribute(name) !== old.getAttribute(name)) return false;
      this.changes.push(() => (value === null ? live.removeAttribute(name) : live.setAttribute(name, value)));
    }
    return true;
  }

  children(live, old, fresh) {
    const [before, after] = [[...old.childNodes], [...fresh.childNodes]];
    const now = [...live.childNodes];
    // A script may have added something at the end.
    if (!aligned(now.slice(0, before.length), before)) return false;
    const most = Math.min(before.length, after.length);
    let start = 0;
    while (start < most && before[start].isEqualNode(after[start])) start += 1;
    let end = 0;
    while (end < most - start && before[before.length - 1 - end].isEqualNode(after[after.length - 1 - end])) end += 1;
    const [gone, come] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
    const here = now.slice(start, before.length - end);
    if (aligned(gone, come)) return gone.every((node, n) => this.node(here[n], node, come[n]));
    if (!gone.every((node, n) => free(node) && node.isEqualNode(here[n])) || !come.every(free)) return false;
    const next = now[before.length - end] ?? null;
    this.changes.push(() => {
      for (const node of here) node.remove();
      for (const node of come) live.insertBefore(document.importNode(node, true), next);
    });
    return true;
  }
}

/** Turns `live`, a document made from `old`, into `fresh`, wholly or not at all; whether it did. */
export function graft(live, old, fresh) {
  const plan = new Graft();
  const roots = [live, old, fresh].map((page) => page.documentElement);
  if (!plan.attributes(...roots) || !plan.children(...roots)) return false;
  for (const change of plan.changes) change();
  return true;
}

/** The page as the server sends it now: a document whose scripts do not run. The policy of the pages lets no text become one. */
export function fetched(address) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('GET', address);
    request.responseType = 'document';
    request.onload = () => (request.response ? resolve(request.response) : reject(new Error(address)));
    request.onerror = reject;
    request.send();
  });
}
