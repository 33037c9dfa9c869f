/**
 * Takes a picture of every screen over the toy engine, under the window's own content security policy.
 *
 * `node tests/screens.mjs [NAME…]` writes shots/NAME-LANGUAGE-THEME-WIDTH.png and fails if the page
 * reports an error, the policy refuses anything, or axe finds a screen that not everyone can use.
 * CHROMIUM names the browser.
 */
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

import { ARGUMENTS, at, served } from './served.mjs';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const shots = fileURLToPath(new URL('../shots', import.meta.url));
const { address, close } = await served();

const go = (screen) => (page) => page.click(at(`go-${screen}`));
async function liked(page) {
  await page.locator(at('card')).nth(1).locator(at('like')).click();
  await page.waitForSelector(at('toast'));
  await page.locator(`${at('card')}[data-state="listed"]`).nth(2).locator(at('like')).click();
  await page.waitForTimeout(350);
}

async function basket(page) {
  await go('basket')(page);
  await page.fill(at('basket-find'), 'tea');
  await page.locator(`${at('basket-hit')} ${at('put')}`).first().click();
  await page.locator(`${at('goes')} ${at('put')}`).first().click();
  await page.waitForTimeout(350);
}

async function opened(page) {
  await liked(page);
  await page.locator(at('open')).nth(5).click();
  await page.waitForSelector(at('similar'));
}

/** What axe finds on the page, one line for each place. */
async function barriers(page) {
  const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ['violations'] }));
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, any }) => `${id}: ${help}: ${target}: ${any[0]?.message ?? ''}`));
}

/** Each screen: its scene, and the way to it. */
const SCREENS = {
  first: { scene: 'first', way: async () => {} },
  library: {
    scene: 'first',
    way: async (page) => {
      await page.fill(at('welcome-name'), 'Ada');
      await page.click(at('welcome-next'));
      await page.waitForSelector(at('welcome-sample'));
    },
  },
  list: { way: async () => {} },
  liked: { way: liked },
  why: {
    way: async (page) => {
      await liked(page);
      await page.locator(at('card')).nth(4).locator(at('why')).click();
      await page.waitForTimeout(300);
    },
  },
  item: {
    way: async (page) => {
      await liked(page);
      await page.locator(at('open')).nth(5).click();
      await page.waitForSelector(at('similar'));
      await page.waitForTimeout(300);
    },
  },
  picks: {
    scene: 'first',
    way: async (page) => {
      await page.fill(at('welcome-name'), 'Ada');
      await page.click(at('welcome-next'));
      await page.click(at('welcome-sample'));
      for (const nth of [1, 3]) {
        await page.locator(at('pick')).nth(nth).click();
        await page.waitForTimeout(350);
      }
    },
  },
  together: {
    way: async (page) => {
      await liked(page);
      await go('together')(page);
      await page.locator(at('member')).nth(1).check();
      await page.locator(`${at('shared')} ${at('like')}`).first().click();
      await page.waitForTimeout(350);
    },
  },
  basket: { way: basket },
  bought: { way: async (page) => { await basket(page); await page.click(at('buy')); await page.waitForSelector(at('undo-all')); } },
  forecast: {
    way: async (page) => {
      await liked(page);
      await go('mix')(page);
      await page.locator(at('slider-genre')).fill('2.5');
      await page.waitForSelector(`${at('forecast')} dl`);
    },
  },
  mix: { way: async (page) => { await liked(page); await go('mix')(page); } },
  past: {
    scene: 'log',
    way: async (page) => {
      await go('mix')(page);
      await page.click(at('movers-open'));
      await page.waitForSelector(at('mover'));
      await page.click(at('past-meaning'));
      await page.focus(at('walk-meaning'));
      await page.keyboard.press('ArrowLeft');
      await page.waitForTimeout(250);
    },
  },
  held: {
    scene: 'log',
    way: async (page) => {
      await go('mix')(page);
      await page.click(at('less-genre'));
      await page.click(at('keep-genre'));
      await page.waitForSelector(at('unpin-genre'));
      await page.click(at('past-genre'));
      await page.waitForSelector(at('held'));
      await page.click(at('steps-genre'));
      await page.locator(at('history-genre')).evaluate((part) => part.closest('li').scrollIntoView());
    },
  },
  less: {
    scene: 'log',
    way: async (page) => {
      await go('mix')(page);
      await page.locator(at('wishes')).locator(at('less-open')).click();
      await page.locator(at('less-of')).first().click();
      await page.waitForSelector(at('asked'));
      await page.locator(at('wishes')).locator(at('less-open')).click();
      await page.locator(at('wishes')).scrollIntoViewIfNeeded();
    },
  },
  insights: { scene: 'log', way: async (page) => { await go('insights')(page); await page.waitForSelector(at('verdict')); } },
  map: {
    way: async (page) => {
      await liked(page);
      await go('insights')(page);
      await page.waitForSelector(at('best'));
      await page.locator(at('taste-map')).evaluate((part) => part.scrollIntoView());
      await page.focus(at('map'));
      await page.keyboard.press('ArrowLeft');
      await page.waitForTimeout(250);
    },
  },
  drift: {
    scene: 'log',
    way: async (page) => {
      await go('insights')(page);
      await page.waitForSelector(at('coverage'));
      await page.locator(at('drift')).evaluate((part) => part.scrollIntoView());
    },
  },
  trained: {
    scene: 'log',
    way: async (page) => {
      await go('insights')(page);
      await page.click(at('train'));
      await page.waitForSelector(`${at('trained')}[data-outcome]`);
      await page.locator(at('learning')).scrollIntoViewIfNeeded();
    },
  },
  judged: { way: async (page) => { await go('insights')(page); await page.waitForSelector(at('insights-empty')); } },
  browse: { scene: 'many', way: async (page) => { await go('browse')(page); await page.waitForSelector(at('hit')); } },
  browse_table: { scene: 'many', way: async (page) => { await go('browse')(page); await page.check(at('view-table')); await page.waitForSelector(at('hit')); } },
  browse_shop: { way: async (page) => { await go('browse')(page); await page.waitForSelector(at('hit')); if (await page.isVisible(at('filters'))) await page.click(at('filters')); await page.locator(at('facet-product')).last().check(); await page.waitForTimeout(400); } },
  search: { way: async (page) => { await page.fill(at('search'), 'class'); await page.waitForSelector(at('hit')); } },
  nothing: { way: async (page) => { await page.fill(at('search'), 'zzzz'); await page.waitForSelector(at('search-none')); } },
  edit: { way: async (page) => { await opened(page); await page.click(at('item-edit')); await page.fill(at('edit-year'), '19x9'); await page.click(at('edit-save')); await page.waitForSelector(at('wrong-year')); } },
  edited: {
    way: async (page) => {
      await opened(page);
      await page.click(at('cover-choose'));
      await page.waitForSelector(`${at('item-sheet')} ${at('picture')}`);
      await page.click(at('item-edit'));
      await page.fill(at('edit-title'), 'ألف ليلة وليلة, and how a very long title stands in a sheet that is not wide');
      await page.fill(at('edit-genres-add'), 'Tales;');
      await page.click(at('edit-save'));
      await page.waitForSelector(at('edited'));
      await page.locator(at('item-history')).scrollIntoViewIfNeeded();
    },
  },
  covered: {
    way: async (page) => {
      await opened(page);
      await page.click(at('cover-choose'));
      await page.waitForSelector(`${at('item-sheet')} ${at('picture')}`);
      await page.click(at('close'));
    },
  },
  chosen: {
    scene: 'log',
    way: async (page) => {
      await go('activity')(page);
      await page.locator(at('entry-choose')).nth(1).click();
      await page.locator(at('entry-choose')).nth(5).click({ modifiers: ['Shift'] });
    },
  },
  forget: { scene: 'log', way: async (page) => { await go('activity')(page); await page.check(at('entry-all')); await page.click(at('forget')); await page.waitForSelector(at('confirm')); } },
  unlogged: { scene: 'log', way: async (page) => { await go('activity')(page); await page.fill(at('entry-find'), 'zzzz'); await page.waitForSelector(at('entry-nothing')); } },
  priced: { way: async (page) => { await basket(page); await page.fill(at('price-to'), '20'); await page.keyboard.press('Tab'); await page.waitForTimeout(350); } },
  printed: {
    way: async (page) => {
      await basket(page);
      await page.evaluate(() => (window.print = () => undefined));
      await page.click(at('print'));
      await page.emulateMedia({ media: 'print' });
    },
  },
  activity: { way: async (page) => { await liked(page); await page.click(at('undo')); await page.waitForTimeout(300); await go('activity')(page); } },
  import: { way: go('import') },
  preview: { way: async (page) => { await go('import')(page); await page.click(at('import')); await page.waitForSelector(at('preview')); } },
  work: {
    way: async (page) => {
      await go('import')(page);
      await page.click(at('import'));
      await page.click(at('import-go'));
      await page.waitForTimeout(1800);
    },
  },
  imported: {
    way: async (page) => {
      await go('import')(page);
      await page.click(at('import'));
      await page.click(at('import-go'));
      await page.waitForSelector(at('imported'));
    },
  },
  unmapped: {
    way: async (page) => {
      await go('import')(page);
      await page.click(at('import'));
      await page.locator(at('field')).nth(1).selectOption('kept');
      await page.waitForSelector(at('problem'));
    },
  },
  examples: {
    way: async (page) => {
      await go('import')(page);
      await page.click(at('import'));
      await page.locator(at('examples-changed')).scrollIntoViewIfNeeded();
    },
  },
  tray: {
    way: async (page) => {
      await go('import')(page);
      await page.click(at('import'));
      await page.click(at('import-go'));
      await go('for_you')(page);
      await page.waitForTimeout(1800);
    },
  },
  undone: {
    way: async (page) => {
      await go('import')(page);
      await page.click(at('import'));
      await page.click(at('import-go'));
      await page.click(at('undo-import'));
      await page.click(at('confirm-yes'));
      await page.waitForSelector(at('undone'));
    },
  },
  last: {
    way: async (page) => {
      await go('import')(page);
      await page.click(at('import'));
      await page.click(at('import-go'));
      await page.click(at('to-list'));
      await go('import')(page);
      await page.waitForSelector(at('last-import'));
    },
  },
  settings: { way: go('settings') },
  licences: {
    way: async (page) => {
      await go('settings')(page);
      await page.click(at('licences'));
      await page.fill(at('licences-find'), 'font');
      await page.locator(`${at('licence')} summary`).first().click();
      await page.waitForTimeout(350);
    },
  },
  profiles: { way: (page) => page.click(at('profile')) },
  palette: { way: (page) => page.keyboard.press('Control+k') },
  help: { way: (page) => page.keyboard.press('?') },
  empty: { scene: 'empty', way: async () => {} },
};

const LOOKS = [
  { language: 'en', theme: 'light', width: 1440, height: 900 },
  { language: 'zh', theme: 'dark', width: 1440, height: 900 },
  { language: 'zh', theme: 'light', width: 900, height: 600 },
  { language: 'en', theme: 'dark', width: 900, height: 600 },
];

const wanted = process.argv.slice(2);
const problems = [];
mkdirSync(shots, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ARGUMENTS,
});
for (const { language, theme, width, height } of LOOKS) {
  const context = await browser.newContext({ viewport: { width, height } });
  await context.addInitScript((prefs) => localStorage.setItem('curio.prefs', prefs), JSON.stringify({ language, theme, density: 'comfortable', profile: 0 }));
  await context.addInitScript({ path: axe });
  for (const [name, { scene, way }] of Object.entries(SCREENS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const page = await context.newPage();
    page.on('console', (message) => message.type() === 'error' && problems.push(`${name}: ${message.text()}`));
    page.on('pageerror', (error) => problems.push(`${name}: ${error.message}`));
    try {
      await page.goto(`${address}/?scene=${scene ?? 'full'}`);
      await page.waitForSelector(scene ? 'main' : at('card'));
      await way(page);
      await page.evaluate(() => document.fonts.ready);
      await page.waitForTimeout(260);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      if (wide) problems.push(`${name} ${width}: the page is wider than the window`);
      for (const barrier of await barriers(page)) problems.push(`${name} ${theme} ${width}: ${barrier}`);
    } catch (error) {
      problems.push(`${name} ${language} ${width}: ${error.message.split('\n')[0]}`);
    }
    await page.screenshot({ path: join(shots, `${name}-${language}-${theme}-${width}.png`) });
    await page.close();
  }
  await context.close();
}
await browser.close();
close();
for (const problem of new Set(problems)) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
