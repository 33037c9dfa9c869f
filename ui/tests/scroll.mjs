/**
 * Measures how evenly 100,000 items scroll: the time between frames while Browse goes by, as covers and
 * as a table, under the window's own content security policy.
 *
 * `node tests/scroll.mjs` after `npm run build:mock`; CHROMIUM names the browser. Three ways of going:
 * a steady wheel, a fling, and leaps across the whole catalogue as somebody drags the bar.
 */
import { chromium } from 'playwright-core';

import { ARGUMENTS, at, served } from './served.mjs';

const FRAMES = 600;
const WAYS = {
  wheel: (scroller, frame) => scroller.scrollTop + (frame >= 0 ? 24 : 0),
  fling: (scroller, frame) => scroller.scrollTop + 2400 * Math.abs(Math.sin(frame / 60)),
  leaps: (scroller, frame) => (frame % 10 === 0 ? (scroller.scrollHeight * ((frame * 7919) % 600)) / 600 : scroller.scrollTop),
};

/** Runs in the page: scrolls at every frame and answers the times between frames, and how many places were bare at the end. */
async function going({ name, way, frames }) {
  const step = new Function(`return ${way}`)();
  const scroller = document.querySelector(`[data-testid="${name}"]`);
  const times = [];
  await new Promise((done) => {
    let last = 0;
    let frame = 0;
    requestAnimationFrame(function next(now) {
      if (last > 0) times.push(now - last);
      last = now;
      scroller.scrollTop = step(scroller, frame);
      frame += 1;
      if (frame < frames) requestAnimationFrame(next);
      else done();
    });
  });
  return times;
}

const { address, close } = await served();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGUMENTS });
console.log('view   way      p50   p95    max  frames over 25 ms');
for (const [view, name] of [['grid', 'grid'], ['table', 'table']]) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, bypassCSP: true });
  await page.addInitScript((view) => localStorage.setItem('curio.prefs', JSON.stringify({ language: 'en', theme: 'light', view })), view);
  await page.goto(`${address}/?scene=many`);
  await page.waitForSelector('main', { timeout: 120_000 });
  await page.click(at('go-browse'));
  await page.waitForSelector(at('hit'), { timeout: 60_000 });
  await page.waitForTimeout(1000);
  for (const [called, way] of Object.entries(WAYS)) {
    const times = (await page.evaluate(going, { name, way: String(way), frames: FRAMES })).sort((a, b) => a - b);
    const share = (part) => times[Math.floor(part * (times.length - 1))].toFixed(1).padStart(6);
    console.log(`${view.padEnd(6)} ${called.padEnd(6)} ${share(0.5)} ${share(0.95)} ${share(1)}  ${times.filter((time) => time > 25).length} of ${times.length}`);
    await page.waitForTimeout(500);
  }
  await page.close();
}
await browser.close();
close();
