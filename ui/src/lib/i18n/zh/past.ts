/** 各个权重的来历：走势、每一步的缘由，以及变化最大的几项。 */
import type { Messages } from '../en';
import { f } from './forms';
import { called } from './signals';

export const past: Messages['past'] = {
  open: '走势',
  of: (signal) => `${called(signal)}的走势`,
  loading: '正在查找每一步',
  none: '它还在起始值，没有什么改变过它。',
  hint: '把指针移到线上，或用方向键沿线移动。',
  base: '虚线是起始值。',
  held: '粗线表示手动设定的时段，标记处是设定的时候。',
  start: (weight) => `起始值 ${weight}。`,
  step: (at, done, by, to) => {
    const way = by === 0 ? `仍为 ${to}。` : `${by > 0 ? '上升' : '下降'} ${f.number(Math.abs(by), 3)}，到 ${to}。`;
    return `${f.moment(at)}，${done}${way}`;
  },
  steps: (n, of) => `${f.number(of)} 条记录中的 ${f.number(n)} 步。`,
  table: '用表格列出每一步',
  when: '时间',
  what: '做了什么',
  moved: '变化',
  to: '权重',
  more: '显示更早的',

  movers: {
    title: '变化最大的信号',
    about: '对列表的影响离起始值最远的几种信号，以及改变它最多的那一步。',
    show: '查看',
    hide: '收起',
    open: '查看变化最大的信号',
    close: '收起变化最大的信号',
    none: '还没有变化。先喜欢、评分或购买一些。',
    from: (from, to) => `从 ${from} 到 ${to}`,
    most: (done, by) => `最大的一步 ${by}。${done}`,
  },
};
