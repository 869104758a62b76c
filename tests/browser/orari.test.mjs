// "Aperto ora": what it says at moments given here, at whatever hour the visitor's clock stands; seasons, closures, holidays, the change
// of hour; on a page, the sentence above the tables, none without a script.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { holiday, inRome, sentence, state } from '../../themes/comuni/assets/orari.js';
import { DESKTOP, PHONE, visitor } from './browser.mjs';
import { stage } from './visit.mjs';

const running = stage();
const week = (days) => Array.from({ length: 7 }, (_, n) => days[n] ?? []);
const MORNING = [510, 750];
/** Monday to Friday 8:30–12:30, Thursday 14:30–17:00 too. */
const YEAR = { dal: null, al: null, giorni: week({ 0: [MORNING], 1: [MORNING], 2: [MORNING], 3: [MORNING, [870, 1020]], 4: [MORNING] }), chiusure: ['2026-12-24', '2026-12-31'] };
const SUMMER = { dal: '2026-06-15', al: '2026-09-14', giorni: week({ 0: [[480, 840]], 5: [[480, 720]] }), chiusure: [] };
const WORDS = { aperto: 'Aperto ora, chiude alle {ora}', chiuso: 'Chiuso ora', oggi: 'Chiuso oggi', apre: ', apre {giorno} alle {ora}', stesso: ', apre oggi alle {ora}', domani: ', apre domani alle {ora}', festivo: 'festivo' };
const said = (moment, ...timetables) => sentence(state(timetables, new Date(moment)), WORDS, 'it');

test('the clock is that of Italy, in winter and in summer time', () => {
  assert.deepEqual(inRome(new Date('2026-01-15T23:30:00Z')), { day: Date.UTC(2026, 0, 16), minutes: 30 });
  assert.deepEqual(inRome(new Date('2026-07-15T22:30:00Z')), { day: Date.UTC(2026, 6, 16), minutes: 30 });
  assert.deepEqual(inRome(new Date('2026-10-25T01:30:00Z')), { day: Date.UTC(2026, 9, 25), minutes: 150 });
});

test('open from the first minute, closed from the last', () => {
  const days = [
    ['2026-11-23T08:29:00+01:00', 'Chiuso ora, apre oggi alle 8:30'],
    ['2026-11-23T08:30:00+01:00', 'Aperto ora, chiude alle 12:30'],
    ['2026-11-23T12:29:59+01:00', 'Aperto ora, chiude alle 12:30'],
    ['2026-11-23T12:30:00+01:00', 'Chiuso ora, apre domani alle 8:30'],
    ['2026-11-26T13:00:00+01:00', 'Chiuso ora, apre oggi alle 14:30'],
    ['2026-11-26T16:59:00+01:00', 'Aperto ora, chiude alle 17:00'],
    ['2026-11-27T18:00:00+01:00', 'Chiuso ora, apre lunedì alle 8:30'],
    ['2026-11-28T10:00:00+01:00', 'Chiuso oggi, apre lunedì alle 8:30'],
    // The same moment told from Tokyo and from New York.
    ['2026-11-23T17:35:00+09:00', 'Aperto ora, chiude alle 12:30'],
    ['2026-11-23T02:00:00-05:00', 'Chiuso ora, apre oggi alle 8:30'],
    // Half past eight is an hour earlier for the sun on the Monday after the change of hour.
    ['2026-10-23T06:30:00Z', 'Aperto ora, chiude alle 12:30'],
    ['2026-10-26T06:30:00Z', 'Chiuso ora, apre oggi alle 8:30'],
    ['2026-10-26T07:30:00Z', 'Aperto ora, chiude alle 12:30'],
  ];
  for (const [moment, text] of days) assert.equal(said(moment, YEAR), text, moment);
});

test('closures and holidays', () => {
  assert.equal(said('2026-12-24T09:00:00+01:00', YEAR), 'Chiuso oggi');
  assert.equal(said('2026-12-23T15:00:00+01:00', YEAR), 'Chiuso ora');
  assert.equal(said('2026-12-25T09:00:00+01:00', YEAR), 'festivo');
  assert.equal(said('2026-12-31T09:00:00+01:00', YEAR), 'Chiuso oggi');
  assert.equal(said('2026-04-25T09:00:00+02:00', YEAR), 'Chiuso oggi, apre lunedì alle 8:30', 'a Saturday on which it is closed anyway');
  const easter = ['2024-04-01', '2025-04-21', '2026-04-06', '2027-03-29', '2038-04-26', '2049-04-19'];
  for (const day of easter) assert(holiday(Date.parse(day)), day);
  for (const day of ['2026-04-05', '2026-04-07', '2025-10-04', '2026-12-24']) assert(!holiday(Date.parse(day)), day);
  assert(holiday(Date.parse('2026-10-04')));
});

test('a season takes the place of the year, and ends', () => {
  assert.equal(said('2026-06-22T13:00:00+02:00', YEAR, SUMMER), 'Aperto ora, chiude alle 14:00');
  assert.equal(said('2026-06-23T09:00:00+02:00', YEAR, SUMMER), 'Chiuso oggi, apre sabato alle 8:00');
  assert.equal(said('2026-09-14T14:00:00+02:00', YEAR, SUMMER), 'Chiuso ora, apre domani alle 8:30');
  assert.equal(said('2026-09-15T13:00:00+02:00', YEAR, SUMMER), 'Chiuso ora, apre domani alle 8:30');
  assert.equal(said('2026-06-14T12:00:00+02:00', SUMMER), '', 'before the only timetable nobody knows');
  assert.equal(said('2026-09-14T15:00:00+02:00', SUMMER), 'Chiuso ora', 'after it nobody knows when it opens');
  const far = { ...SUMMER, dal: null, al: null, giorni: week({ 0: [MORNING] }), chiusure: ['2026-11-30'] };
  assert.equal(said('2026-11-24T10:00:00+01:00', far), 'Chiuso oggi, apre il 7 dicembre alle 8:30');
});

test('on a page it is said above the tables, and the page does not move', async () => {
  const url = '/amministrazione/uffici/ufficio-anagrafe/';
  const context = await visitor(running.browser, { viewport: PHONE, timezoneId: 'Asia/Tokyo' });
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.shift = 0;
    new PerformanceObserver((list) => { for (const one of list.getEntries()) window.shift += one.value; }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.clock.install({ time: new Date('2026-11-23T09:00:00+01:00') });
  await page.goto(running.of('esempio').server.origin + url);
  const place = page.locator('[data-ci-orari]');
  await place.filter({ hasText: /^Aperto ora, chiude alle/ }).waitFor();
  assert.equal(await place.getAttribute('data-stato'), 'aperto');
  await page.clock.fastForward('12:00:00');
  await place.filter({ hasText: /^Chiuso ora, apre domani alle/ }).waitFor();
  assert.equal(await page.evaluate(() => window.shift), 0);
  await context.close();
});

test('without a script the tables are there and nothing is missing', async () => {
  const context = await visitor(running.browser, { viewport: DESKTOP, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${running.of('esempio').server.origin}/amministrazione/uffici/ufficio-anagrafe/`);
  assert.equal(await page.locator('[data-ci-orari]').isVisible(), false);
  assert.equal(await page.locator('.ci-hours').first().isVisible(), true);
  await context.close();
});
