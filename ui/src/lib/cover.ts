/**
 * A drawn cover: a composition that follows from an item's kind, year and genres, the same each time.
 *
 * The genre gives the colours, the year how much ink is on the paper, the kind the figure, and the
 * item's key the small decisions inside it. Only geometry and words; Cover.svelte sets them in SVG.
 * Drawn on a plate of 200 × 300; no figure reaches up into the words.
 */
import { hex } from './colour';
import type { ItemView } from './types';

export const WIDTH = 200;
export const HEIGHT = 300;

/** One stroke of the composition. */
export type Shape =
  | { shape: 'rect'; x: number; y: number; w: number; h: number; fill: string; r?: number }
  | { shape: 'circle'; x: number; y: number; r: number; fill: string; line?: string; wide?: number }
  | { shape: 'path'; d: string; fill: string; line?: string; wide?: number };

/** A line of the title, by its baseline. */
export type TitleLine = { text: string; y: number };

export type Plate = {
  ground: string;
  shapes: Shape[];
  title: { lines: TitleLine[]; size: number; fill: string; rtl: boolean };
  credit: { text: string; y: number; fill: string };
};

/** Numbers from 0 to 1 that follow from a text (FNV-1a into mulberry32). */
function dice(text: string): () => number {
  let seed = 2166136261;
  for (const unit of text) seed = Math.imul(seed ^ unit.codePointAt(0)!, 16777619);
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Hue of the ground and of the figure for what a genre usually feels like. */
const MOODS: readonly (readonly [RegExp, number, number])[] = [
  [/sci|space|科幻|future/i, 255, 55],
  [/fantas|fairy|奇幻|myth|神话/i, 300, 95],
  [/horror|恐怖|gothic/i, 20, 140],
  [/crime|noir|thrill|myster|detect|犯罪|悬疑|推理/i, 235, 30],
  [/roman|love|爱情/i, 8, 60],
  [/comed|humou?r|喜剧/i, 75, 20],
  [/war|western|战争/i, 70, 35],
  [/histor|biograph|历史|传记/i, 50, 215],
  [/anim|famil|child|kids|动画|儿童/i, 185, 45],
  [/jazz|blues|soul/i, 265, 70],
  [/classical|orchestr|opera|古典/i, 100, 30],
  [/rock|punk|metal|摇滚/i, 25, 250],
  [/electro|ambient|techno|电子/i, 205, 330],
  [/folk|country|民谣/i, 120, 55],
  [/adventur|action|冒险|动作/i, 40, 220],
  [/puzzle|strateg|platform|解谜|策略/i, 165, 90],
  [/poet|诗/i, 330, 200],
  [/philos|essay|哲学/i, 215, 80],
  [/drama|剧情|literary|classic/i, 35, 195],
  [/document|nature|纪录/i, 145, 70],
];

type Inks = { ground: string; deep: string; mid: string; bright: string; paper: string; dark: boolean };

function inks(item: ItemView, roll: () => number): Inks {
  const words = [...item.genres, ...item.tags].join(' ');
  const mood = MOODS.find(([word]) => word.test(words));
  const [base, figure] = mood ? [mood[1], mood[2]] : [roll() * 360, roll() * 360];
  const hue = base + (roll() - 0.5) * 26;
  const other = figure + (roll() - 0.5) * 26;
  const year = item.year?.value ?? 1985;
  // Old prints lie on pale paper with little ink; recent ones are printed to the edge.
  if (year < 1935 || (year < 1970 && roll() < 0.45)) {
    const pale = year < 1935 ? 0.035 : 0.05;
    return {
      ground: hex(0.905, pale, 85 + (hue - 85) * 0.2),
      deep: hex(0.34, 0.07, hue),
      mid: hex(0.56, 0.11, other),
      bright: hex(0.72, 0.1, hue),
      paper: hex(0.27, 0.035, hue),
      dark: false,
    };
  }
  const depth = year < 1990 ? 0.42 : 0.29;
  return {
    ground: hex(depth, year < 1990 ? 0.1 : 0.075, hue),
    deep: hex(depth - 0.1, 0.07, hue),
    mid: hex(0.62, 0.14, other),
    bright: hex(0.83, 0.1, other + 18),
    paper: hex(0.95, 0.03, 85),
    dark: true,
  };
}

/** A film: a light low over bands of land and water. */
function film(ink: Inks, roll: () => number, top: number): Shape[] {
  const horizon = Math.max(150, top + 58) + roll() * 40;
  const r = Math.min(34 + roll() * 34, (horizon - top) / 1.25);
  const x = 50 + roll() * 100;
  const shapes: Shape[] = [
    { shape: 'circle', x, y: Math.max(top + r, horizon - r * (0.1 + roll() * 0.75)), r, fill: roll() < 0.5 ? ink.bright : ink.mid },
  ];
  const bands = 4 + Math.floor(roll() * 3);
  for (let band = 0; band < bands; band += 1) {
    const y = horizon + (band * (HEIGHT - horizon)) / bands;
    const bend = (roll() - 0.5) * 46;
    const far = (roll() - 0.5) * 26;
    const fills = [ink.mid, ink.deep, ink.ground];
    shapes.push({
      shape: 'path',
      d: `M0 ${y} C60 ${y + bend} 130 ${y - bend} 200 ${y + far} V300 H0 Z`,
      fill: fills[(band + (ink.dark ? 1 : 0)) % 3] ?? ink.deep,
    });
  }
  return shapes;
}

/** A series: the same window again and again, one of them lit. */
function series(ink: Inks, roll: () => number, top: number): Shape[] {
  const columns = 3 + Math.floor(roll() * 2);
  const rows = columns + 1;
  const size = 152 / columns;
  const lit = Math.floor(roll() * columns * rows);
  return Array.from({ length: columns * rows }, (_, cell): Shape => {
    const x = 24 + (cell % columns) * size;
    const y = Math.max(118, top + 6) + Math.floor(cell / columns) * (size * 0.86);
    const fill = cell === lit ? ink.bright : cell % 3 === lit % 3 ? ink.mid : ink.deep;
    return { shape: 'rect', x, y, w: size - 6, h: size * 0.86 - 6, fill, r: 2 };
  }).filter((shape) => shape.shape !== 'rect' || shape.y + shape.h < 282);
}

/** A book: arches or leaves one behind another. */
function book(ink: Inks, roll: () => number, top: number): Shape[] {
  const leaves = 3 + Math.floor(roll() * 3);
  const arch = roll() < 0.55;
  const crown = Math.max(138, top);
  const step = Math.min(118 / leaves, (196 - top) / (leaves - 1));
  return Array.from({ length: leaves }, (_, leaf): Shape => {
    const fill = [ink.deep, ink.mid, ink.bright, ink.ground][leaf % 4] ?? ink.deep;
    const inset = 26 + leaf * (74 / leaves);
    if (arch) {
      const r = 100 - inset;
      const spring = crown + leaf * (88 / leaves) + r;
      return { shape: 'path', d: `M${inset} 300 V${spring} A${r} ${r} 0 0 1 ${200 - inset} ${spring} V300 Z`, fill };
    }
    const y = 292 - leaf * step;
    const lean = leaf % 2 === 0 ? 1 : -1;
    const tip = 100 + lean * (34 + roll() * 44);
    return { shape: 'path', d: `M100 ${y} Q${100 + lean * 78} ${y - 8} ${tip} ${y - 96} Q${100 - lean * 6} ${y - 62} 100 ${y} Z`, fill };
  });
}

/** Music: grooves around a centre that is a little off. */
function music(ink: Inks, roll: () => number, top: number): Shape[] {
  const x = 60 + roll() * 80;
  const y = Math.max(205 + (roll() - 0.5) * 30, top + 88);
  const rings = 7 + Math.floor(roll() * 5);
  const shapes: Shape[] = [{ shape: 'circle', x, y, r: 88, fill: ink.deep }];
  for (let ring = 0; ring < rings; ring += 1) {
    const line = ring % 4 === 1 ? ink.bright : ink.mid;
    shapes.push({ shape: 'circle', x, y, r: 84 - ring * (64 / rings), fill: 'none', line, wide: roll() < 0.35 ? 3.2 : 1.1 });
  }
  shapes.push({ shape: 'circle', x, y, r: 15, fill: ink.bright });
  shapes.push({ shape: 'circle', x, y, r: 3, fill: ink.ground });
  return shapes;
}

/** A game: a board of halved tiles. */
function game(ink: Inks, roll: () => number, top: number): Shape[] {
  const head = Math.max(128, top);
  const size = Math.min(38, (288 - head) / 4);
  const shapes: Shape[] = [];
  for (let row = 0; row < 4; row += 1) {
    for (let column = 0; column < 4; column += 1) {
      const x = 100 + (column - 2) * size;
      const y = head + row * size;
      const pick = roll();
      const fill = pick < 0.3 ? ink.bright : pick < 0.65 ? ink.mid : ink.deep;
      const e = size;
      const halves = [
        `M${x} ${y} h${e} l${-e} ${e} Z`,
        `M${x} ${y} h${e} v${e} Z`,
        `M${x + e} ${y} v${e} h${-e} Z`,
        `M${x} ${y} v${e} h${e} Z`,
      ];
      if (roll() < 0.18) shapes.push({ shape: 'circle', x: x + e / 2, y: y + e / 2, r: e / 2.6, fill });
      else shapes.push({ shape: 'path', d: halves[Math.floor(roll() * 4)] ?? '', fill });
    }
  }
  return shapes;
}

/** A product: a still life on a table. */
function product(ink: Inks, roll: () => number, top: number): Shape[] {
  const table = 236;
  const tall = Math.min(78 + roll() * 40, table - 14 - top);
  const x = 42 + roll() * 26;
  const wide = 38 + roll() * 18;
  const bowl = 26 + roll() * 12;
  const right = 146 - roll() * 12;
  return [
    { shape: 'rect', x: 0, y: table, w: 200, h: 64, fill: ink.deep },
    { shape: 'path', d: `M${x} ${table} v${-tall + 22} q0 -14 ${wide * 0.3} -18 v-18 h${wide * 0.4} v18 q${wide * 0.3} 4 ${wide * 0.3} 18 v${tall - 22} Z`, fill: ink.mid },
    { shape: 'path', d: `M${right - bowl} ${table - bowl} h${bowl * 2} a${bowl} ${bowl} 0 0 1 ${-bowl * 2} 0 Z`, fill: ink.bright },
    { shape: 'circle', x: right + (roll() - 0.5) * 16, y: table - bowl - 13, r: 13, fill: ink.mid },
  ];
}

/** Anything else: contours around a summit. */
function other(ink: Inks, roll: () => number, top: number): Shape[] {
  const x = 70 + roll() * 60;
  const y = Math.max(206, top + 87);
  const waves = 3 + Math.floor(roll() * 3);
  return Array.from({ length: 6 }, (_, ring): Shape => {
    const base = 92 - ring * 14;
    const points = Array.from({ length: 36 }, (_, step) => {
      const angle = (step / 36) * Math.PI * 2;
      const r = base * (1 + 0.09 * Math.sin(angle * waves + ring * 0.7));
      return `${(x + r * Math.cos(angle)).toFixed(1)} ${(y + r * Math.sin(angle) * 0.86).toFixed(1)}`;
    });
    return { shape: 'path', d: `M${points.join(' L')} Z`, fill: [ink.deep, ink.mid, ink.bright][ring % 3] ?? ink.mid };
  });
}

const FIGURES = { film, series, book, music, game, product, other } as const;

/** Chinese, Japanese and Korean signs, between which a line may be broken. */
const CJK = '\\u2e80-\\ua4cf\\uac00-\\ud7af\\uf900-\\ufaff\\uff00-\\uff60';
const WIDE = new RegExp(`[\\u1100-\\u11ff${CJK}]`);
const PIECES = new RegExp(`[${CJK}]|[^\\s${CJK}]+|\\s+`, 'gu');
/** A sign, with the marks that may not be parted from it. */
const SIGN = `[《〈「『（]*[${CJK}][》〉」』）、。，：；！？ー]*`;
const ONE_SIGN = new RegExp(`^${SIGN}$`, 'u');
const LAST_SIGN = new RegExp(`${SIGN}\\s*$`, 'u');
const RTL = /^[^A-Za-z\u0400-\u04ff]*[\u0590-\u08ff]/;

/** How wide a text is in ems, near enough to break lines by. */
export function ems(text: string): number {
  let width = 0;
  for (const letter of text) {
    width += WIDE.test(letter) ? 1 : /[mwMW@]/.test(letter) ? 0.84 : /[A-Z]/.test(letter) ? 0.66 : /[iljtfr.,'’ ]/.test(letter) ? 0.31 : 0.57;
  }
  return width;
}

/** Breaks a title into lines no wider than `limit` ems, none of a single sign if it can be; the last is cut with an ellipsis. */
export function broken(title: string, limit: number, most: number): string[] {
  const pieces = title.match(PIECES) ?? [];
  const raw: string[] = [];
  let line = '';
  for (const piece of pieces) {
    if (line !== '' && ems(line + piece.trimEnd()) > limit) {
      raw.push(line);
      line = piece.trimStart();
    } else {
      line += piece;
    }
  }
  if (line.trim() !== '') raw.push(line);
  const lines = joined(raw).map((text) => text.trim());
  const shown = lines.slice(0, most).map((text) => cut(text, limit));
  const last = shown.length - 1;
  if (lines.length > most && last >= 0) shown[last] = cut(`${shown[last]}……`, limit);
  return shown;
}

/** The lines, with a sign that stood alone on one joined by the sign before it, where that leaves no other alone. */
function joined(lines: readonly string[]): string[] {
  const over = [...lines];
  for (let at = over.length - 1; at > 0; at -= 1) {
    const [above, below] = [over[at - 1]!, over[at]!];
    const sign = LAST_SIGN.exec(above);
    if (!sign || !ONE_SIGN.test(below.trim())) continue;
    const left = above.slice(0, sign.index);
    if (left.trim() === '' || ONE_SIGN.test(left.trim())) continue;
    over[at - 1] = left;
    over[at] = sign[0] + below;
  }
  return over;
}

function cut(text: string, limit: number): string {
  if (ems(text) <= limit && !text.endsWith('……')) return text;
  const letters = [...text.replace(/…+$/, '')];
  while (letters.length > 1 && ems(letters.join('')) + 0.9 > limit) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}

/** Draws the cover of an item. */
export function plate(item: ItemView): Plate {
  const roll = dice(item.key || item.title);
  const ink = inks(item, roll);
  const size = [30, 25, 21, 18].find((size) => broken(item.title, 168 / size, 9).length * size <= 92 && longest(item.title) * size <= 168) ?? 17;
  const lines = broken(item.title, 168 / size, size > 18 ? 4 : 5).map((text, index) => ({
    text,
    y: 22 + size * (0.78 + index * 1.14),
  }));
  const who = cut(item.creators[0] ?? item.people[0] ?? '', 168 / 13);
  const foot = (lines.at(-1)?.y ?? 40) + 19;
  const shapes = FIGURES[item.kind](ink, roll, foot + 12);
  return {
    ground: ink.ground,
    shapes,
    title: { lines, size, fill: ink.paper, rtl: RTL.test(item.title) },
    credit: { text: who, y: foot, fill: ink.paper },
  };
}

function longest(title: string): number {
  return Math.max(...title.split(/\s+/).map((word) => (WIDE.test(word) ? 1 : ems(word))));
}
