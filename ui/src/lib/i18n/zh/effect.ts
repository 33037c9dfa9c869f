/** 什么会改变一个名次，以及一件事在做之前会有什么结果。 */
import type { Messages } from '../en';
import { f, nth } from './forms';

export const effect: Messages['effect'] = {
  title: '什么会改变它的位置',
  loading: '正在逐一去掉，重新排列',
  stands: (place, of) => `只看分数，它在 ${f.number(of)} 件中排${nth(place)}。`,
  done: '你已经选过它了，它不在任何列表里，也就没有什么会改变它的位置。',
  same: '去掉任何一种信号，或试过的任何一次选择，它都还在原来的位置。',
  signal: (name) => `如果不看“${name}”`,
  entry: (said) => `如果没有“${said}”`,
  step: (from, to) => `${nth(from)} → ${nth(to)}`,
  way: (from, to) => (to > from ? `会从${nth(from)}降到${nth(to)}` : `会从${nth(from)}升到${nth(to)}`),
  ask: '如果喜欢它，会有什么变化？',
  asking: '正在试算',
  pin: (signal, weight) => `将“${signal}”的权重设为 ${weight}`,
  like: '如果喜欢它',
  still: (n) => `前 ${f.number(n)} 位不会变。`,
  enters: '会进来',
  leaves: '会退出',
  moves: '会移动',
  at: (to) => nth(to),
  top: (n) => `就前 ${f.number(n)} 位而言。尚未保存。`,
  keep: '保留',
  cancel: '保持原样',
};
