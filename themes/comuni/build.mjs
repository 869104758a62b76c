// Builds the files that the binary embeds: `node build.mjs DIST` compiles, recolours, purges and minifies the style sheet, cuts the
// icon sprite down to the symbols in use and copies fonts and licences. Packages come from node_modules beside this file, or from
// the folder named by THEME_MODULES (build.rs installs them once for all cargo profiles).
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync, mkdirSync, readdirSync, rmSync, copyFileSync, existsSync, renameSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const dist = resolve(process.argv[2] ?? join(here, 'dist'));
const modules = process.env.THEME_MODULES ?? join(here, 'node_modules');
const load = createRequire(join(modules, '..', 'package.json'));
const { PurgeCSS } = load('purgecss');
const lightningcss = load('lightningcss');

const read = (...path) => readFileSync(join(here, ...path), 'utf8');
const library = (...path) => join(modules, 'bootstrap-italia', ...path);
const version = JSON.parse(readFileSync(library('package.json'), 'utf8')).version;

// Classes that only the Rust code writes (Markdown), never a template.
const CONTENT_CLASSES = ['table', 'table-striped', 'table-bordered', 'table-responsive', 'callout', 'callout-inner', 'callout-title', 'note', 'warning',
  'danger', 'success', 'text', 'highlight', 'blockquote', 'img-fluid', 'figure', 'figure-img', 'figure-caption', 'list-unstyled', 'text-end', 'text-center'];
// Symbols whose name comes from data (social networks, icons of content types and of topics), never from a template.
const DATA_ICONS = ['facebook', 'twitter', 'instagram', 'youtube', 'linkedin', 'telegram', 'whatsapp', 'flickr', 'mastodon',
  'pa', 'settings', 'file', 'calendar', 'map-marker', 'user', 'warning-circle', 'flag', 'card', 'chart-line', 'horn', 'pencil',
  'refresh'];
const FIRST_RULE = `:root{--bootstrap-italia-version:"${version}"`;

// --- templates, as the purge and the sprite see them -----------------------------------------------------------------------------
function files(dir) {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? files(join(dir, entry.name)) : [join(dir, entry.name)]));
}
const templates = files(join(here, 'templates'))
  .filter((file) => file.endsWith('.html'))
  .map((file) => readFileSync(file, 'utf8').replace(/\{#[^]*?#\}/g, ''));
// Scripts of single pages; the purge reads them too.
const PAGE_SCRIPTS = ['avviso.js', 'elenchi.js', 'orari.js', 'ricerca.js'];
const scripts = ['site.js', ...PAGE_SCRIPTS].map((name) => read('assets', name));

// --- colour: every value that depends on the primary becomes a custom property ----------------------------------------------------
// A property is named after its derivation, so that name and rule cannot disagree: --ci-primary[-rgb][-light-N][-dark-N][-alpha-N],
// N in percent ("12-5" is 12.5): mix with that share of white, then of black, then make transparent.
const PRIMARIES = ['#0066cc', '#8a1a5c', '#1d6b3a'];
const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
const mixed = (rgb, light, dark) => rgb.map((c) => (c + (255 - c) * light) * (1 - dark));
const percent = (n) => String(Math.round(n * 1000) / 10).replace('.', '-');

function ruleOf(name) {
  const found = /^--ci-primary(-rgb)?(?:-light-([\d-]+?))?(?:-dark-([\d-]+?))?(?:-alpha-([\d-]+?))?$/.exec(name);
  if (!found) throw new Error(`${name}: not a derivation of the primary colour`);
  const [light, dark, alpha] = found.slice(2).map((n) => (n === undefined ? 0 : Number(n.replace('-', '.')) / 100));
  return { triple: Boolean(found[1]), light, dark, alpha: alpha || 1 };
}
function valueOf(rule, primary) {
  const rgb = mixed(channels(primary), rule.light, rule.dark).map(Math.round);
  if (rule.triple) return rgb.join(', ');
  const hex = [...rgb, ...(rule.alpha < 1 ? [Math.round(rule.alpha * 255)] : [])].map((c) => c.toString(16).padStart(2, '0')).join('');
  return `#${hex}`;
}
const withDefault = (name) => `var(${name}, ${valueOf(ruleOf(name), PRIMARIES[0])})`;

const COLOUR = /(#[0-9a-f]{3,8}\b|(?:rgb|hsl)a?\([^()]*\)|\b[\d.]+, ?[\d.]+, ?[\d.]+\b)/i;
function parseColour(text) {
  if (text.startsWith('#')) {
    const hex = text.length < 6 ? [...text.slice(1)].map((c) => c + c).join('') : text.slice(1);
    return { rgb: channels(`#${hex}`), alpha: hex.length > 6 ? parseInt(hex.slice(6), 16) / 255 : 1 };
  }
  const parts = text.replace(/^[a-z]+\(|\)$/gi, '').split(/[,/\s]+/);
  if (/^hsl/i.test(text)) {
    const [h, s, l] = [parseFloat(parts[0]), parseFloat(parts[1]) / 100, parseFloat(parts[2]) / 100];
    const at = (n) => l - s * Math.min(l, 1 - l) * Math.max(-1, Math.min((n + h / 30) % 12 - 3, 9 - (n + h / 30) % 12, 1));
    return { rgb: [0, 8, 4].map((n) => at(n) * 255), alpha: Number(parts[3] ?? 1) };
  }
  const rgb = parts.slice(0, 3).map((p) => (p.endsWith('%') ? parseFloat(p) * 2.55 : parseFloat(p)));
  return { rgb, alpha: Number(parts[3] ?? 1), triple: /^\d/.test(text) };
}
// Shares of white and black tried, simplest first: upstream uses nothing finer than 2.5 %.
const steps = Array.from({ length: 40 }, (_, n) => n / 40);
const shares = [...steps.map((n) => [0, n]), ...steps.map((n) => [n, 0]), ...[0.8].flatMap((w) => steps.map((n) => [w, n]))];

function nameOf(values) {
  const colours = values.map(parseColour);
  const fits = ([light, dark]) => colours.every(({ rgb }, i) => mixed(channels(PRIMARIES[i]), light, dark).every((c, k) => Math.abs(c - rgb[k]) <= 1.5));
  const found = shares.find(fits);
  if (!found) throw new Error(`colour pass: ${values.join(' / ')} is no known derivation of ${PRIMARIES.join(' / ')}`);
  const { triple, alpha } = colours[0];
  return '--ci-primary' + (triple ? '-rgb' : '') + (found[0] ? `-light-${percent(found[0])}` : '') + (found[1] ? `-dark-${percent(found[1])}` : '')
    + (alpha < 1 ? `-alpha-${percent(alpha)}` : '');
}

function compile(sass, primary) {
  const css = sass.compileString(`$campanile-primary: ${primary};\n${read('assets', 'site.scss')}`, {
    loadPaths: [library('src', 'scss')], style: 'expanded', charset: false, quietDeps: true, logger: sass.Logger.silent,
  }).css;
  // data: images are refused by the site's CSP: local.css draws what they drew. The expanded style has one declaration a line.
  return css.replace(/^ +[\w-]+:[^\n]*\bdata:image[^\n]*;\n/gm, '');
}
// Three compilations take seconds and depend on nothing but this file, site.scss and the packages: kept beside those, so that an
// edited template costs only the purge.
function recoloured() {
  const key = createHash('sha256').update(read('build.mjs')).update(read('assets', 'site.scss')).digest('hex').slice(0, 16);
  const kept = join(modules, '.cache', `campanile-${key}.css`);
  if (existsSync(kept)) return readFileSync(kept, 'utf8');
  const css = recolour();
  mkdirSync(dirname(kept), { recursive: true });
  writeFileSync(`${kept}.${process.pid}`, css);
  renameSync(`${kept}.${process.pid}`, kept);
  return css;
}
function recolour() {
  const sass = load('sass');
  const pieces = PRIMARIES.map((primary) => compile(sass, primary).split(COLOUR));
  return pieces[0].map((piece, at) => {
    const values = pieces.map((p) => p[at]);
    if (values.every((v) => v === piece)) return piece;
    if (at % 2 === 0) throw new Error(`colour pass: the three compilations differ in more than colours near "${piece.slice(0, 80)}"`);
    return withDefault(nameOf(values));
  }).join('');
}

// --- style sheets ----------------------------------------------------------------------------------------------------------------
function minify(css, filename) {
  const version = (major, minor = 0) => (major << 16) | (minor << 8);
  const targets = { chrome: version(100), edge: version(100), firefox: version(100), safari: version(15, 4), ios_saf: version(15, 4) };
  return lightningcss.transform({ filename, code: Buffer.from(css), minify: true, targets }).code.toString().replace(/^\uFEFF/, '');
}
const defaults = (css) => css.replace(/var\((--ci-primary[\w-]*)\)/g, (_, name) => withDefault(name));

async function stylesheet() {
  const own = ['fonts.css', 'local.css', 'print.css'].map((name) => read('assets', name)).join('\n');
  const ownVariables = [...new Set(own.match(/--bs-[\w-]+/g))];
  const [purged] = await new PurgeCSS().purge({
    content: [...templates, ...scripts].map((raw) => ({ raw, extension: 'html' })),
    css: [{ raw: recoloured() }],
    safelist: { standard: [...CONTENT_CLASSES, 'html', 'body', /^:root/], variables: ['--bootstrap-italia-version', ...ownVariables] },
    variables: true,
    defaultExtractor: (text) => text.match(/[\w-]+/g) ?? [],
  });
  return minify(purged.css + defaults(own), 'site.css');
}

// --- icons, notices --------------------------------------------------------------------------------------------------------------
function sprite() {
  const symbols = new Map([...readFileSync(library('dist', 'svg', 'sprites.svg'), 'utf8').matchAll(/<symbol id="([^"]+)"[^]*?<\/symbol>/g)].map((m) => [m[1], m[0]]));
  const used = new Set(DATA_ICONS.map((name) => `it-${name}`));
  for (const text of [...templates, ...scripts]) for (const [name] of text.matchAll(/\bit-[a-z0-9-]+/g)) used.add(name);
  const kept = [...used].filter((name) => symbols.has(name)).sort();
  return `<svg xmlns="http://www.w3.org/2000/svg">${kept.map((name) => symbols.get(name)).join('')}${europe()}</svg>`;
}
// The flag of Europe from its public geometry: twelve stars of radius 1/18 of the height on a circle of radius 1/3.
function europe() {
  const at = (cx, cy, r, turn) => `${(cx + r * Math.sin(turn)).toFixed(2)} ${(cy - r * Math.cos(turn)).toFixed(2)}`;
  const star = (cx, cy) => `M${Array.from({ length: 5 }, (_, n) => at(cx, cy, 2.22, (n * 4 * Math.PI) / 5)).join('L')}z`;
  const stars = Array.from({ length: 12 }, (_, n) => star(30 + 13.33 * Math.sin((n * Math.PI) / 6), 20 - 13.33 * Math.cos((n * Math.PI) / 6)));
  return `<symbol id="ci-ue" viewBox="0 0 60 40"><path fill="#039" d="M0 0h60v40H0z"/><path fill="#fc0" d="${stars.join('')}"/></symbol>`;
}

function notices() {
  const shipped = [
    ['Bootstrap Italia', 'bootstrap-italia', 'BSD-3-Clause', 'style sheet (site.css), icons (icons.svg)'],
    ['Titillium Web', '@fontsource/titillium-web', 'OFL-1.1', 'fonts/titillium-web-*.woff2'],
    ['Roboto Mono', '@fontsource/roboto-mono', 'OFL-1.1', 'fonts/roboto-mono-*.woff2'],
  ];
  const parts = shipped.map(([name, id, licence, use]) => {
    const text = readFileSync(join(modules, id, 'LICENSE'), 'utf8').trim();
    const { version } = JSON.parse(readFileSync(join(modules, id, 'package.json'), 'utf8'));
    return `${name} ${version} (${licence}): ${use}\n\n${text}\n`;
  });
  // The library holds Bootstrap's style sheet without its licence file: the text of the MIT licence is taken from another package.
  const mit = readFileSync(join(modules, 'postcss', 'LICENSE'), 'utf8');
  parts.push('Bootstrap 5.2 (MIT), inside Bootstrap Italia: style sheet (site.css)\n\nCopyright (c) 2011-2022 The Bootstrap Authors\n'
    + `Copyright (c) 2011-2022 Twitter, Inc.\n\n${mit.slice(mit.indexOf('Permission is hereby')).trim()}\n`);
  return `Third-party works in the style sheet, icons and fonts of this site.\n\n${parts.join(`\n${'='.repeat(80)}\n\n`)}`;
}

// --- write -----------------------------------------------------------------------------------------------------------------------
rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, 'fonts'), { recursive: true });

const site = await stylesheet();
const noscript = minify(defaults(read('assets', 'noscript.css')), 'noscript.css');
if (!site.startsWith(FIRST_RULE)) throw new Error(`site.css must start with ${FIRST_RULE}, not ${site.slice(0, 60)}`);
for (const [name, css] of [['site.css', site], ['noscript.css', noscript]]) {
  const bad = /url\([\"']?data:|@import|https?:\/\//.exec(css);
  if (bad) throw new Error(`${name} holds "${css.slice(Math.max(0, bad.index - 60), bad.index + 60)}"`);
}
const names = [...new Set([...`${site}${noscript}`.matchAll(/--ci-primary[\w-]*/g)].map((m) => m[0]))].sort();
const brand = names.map((name) => ({ name, ...ruleOf(name), default: valueOf(ruleOf(name), PRIMARIES[0]) }));

writeFileSync(join(dist, 'site.css'), site);
writeFileSync(join(dist, 'noscript.css'), noscript);
const lean = (text) => text.replace(/^ *\/\/.*\n|^ +|\n(?=\n)/gm, '');
writeFileSync(join(dist, 'site.js'), lean(read('assets', 'site.js')).replace('__BOOTSTRAP_ITALIA_VERSION__', version));
for (const name of PAGE_SCRIPTS) writeFileSync(join(dist, name), lean(read('assets', name)));
writeFileSync(join(dist, 'icons.svg'), sprite());
writeFileSync(join(dist, 'brand.json'), `${JSON.stringify(brand, null, 1)}\n`);
writeFileSync(join(dist, 'notices.txt'), notices());
for (const [, font] of site.matchAll(/fonts\/([\w-]+\.woff2)/g)) {
  const family = ['titillium-web', 'roboto-mono'].find((f) => font.startsWith(f));
  copyFileSync(join(modules, '@fontsource', family, 'files', font), join(dist, 'fonts', font));
}
