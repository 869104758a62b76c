// The built sites under test. `SITES` names a JSON file written by tests/browser.rs:
// [{name, dir, host, pages: [{url, kind, output}]}]: `esempio` is the example as it stands, `ala` the example on an institutional
// domain, `nuovo` a site just made by `campanile new`, filled in as its manual says.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

if (!process.env.SITES) throw new Error('SITES must name the list of built sites: run `cargo test --test browser`');

/** Every built site. */
export const sites = JSON.parse(readFileSync(process.env.SITES, 'utf8'));

/** What every kind of page must offer; the list is compared with `PageKind` by tests/browser.rs. */
export const kinds = JSON.parse(readFileSync(new URL('data/kinds.json', import.meta.url), 'utf8'));

/** A site by name. */
export const site = (name) => sites.find((one) => one.name === name) ?? fail(`no site ${name}`);

const fail = (message) => { throw new Error(message); };

/** HTML of a page. */
export const html = (place, page) => readFileSync(join(place.dir, page.output), 'utf8');

/** What makes a page look different from another of its kind: elements, classes, roles of data, sections, states. */
function features(text) {
  const main = text.slice(text.indexOf('<main'), text.indexOf('</main>'));
  const found = new Set(main.match(/<[a-z][a-z0-9]*/g));
  for (const [, classes] of main.matchAll(/ class=(?:"([^"]*)"|([^\s>]+))/g)) for (const name of (classes ?? '').split(' ')) found.add(`.${name}`);
  for (const [name] of main.matchAll(/ (?:data-[a-z-]+|role|type|aria-[a-z]+)=(?:"[^"]*"|[^\s>]+)/g)) if (name.length < 80) found.add(name);
  for (const [status] of main.matchAll(/Servizio (?:non )?attivo|In fase di sviluppo/g)) found.add(status);
  return found;
}

/**
 * For every kind the pages of the example and of the new site that together show all that the kind can show: at each step the page
 * that adds most, at most `limit` of them: [kind, [[place, page]]]. Fails on a kind that no site has.
 */
export function sampled(limit) {
  const all = ['esempio', 'nuovo'].flatMap((name) => site(name).pages.map((page) => [site(name), page]));
  return Object.keys(kinds).map((kind) => {
    const left = all.filter(([, page]) => page.kind === kind).map(([place, page]) => ({ sample: [place, page], found: features(html(place, page)) }));
    if (!left.length) fail(`no page of kind ${kind}`);
    const seen = new Set();
    const chosen = [];
    while (left.length && chosen.length < limit) {
      const gains = left.map(({ found }) => [...found].filter((one) => !seen.has(one)).length);
      const best = gains.indexOf(Math.max(...gains));
      if (chosen.length && gains[best] === 0) break;
      const [{ sample, found }] = left.splice(best, 1);
      chosen.push(sample);
      for (const one of found) seen.add(one);
    }
    return [kind, chosen];
  });
}
