/** 整个目录。 */
import { BOUNDS, type Part } from '../../filters';
import type { Kind, Standing } from '../../types';
import type { Messages } from '../en';
import { f, year } from './forms';
import { term } from './terms';

const standings: Record<Standing, string> = { open: '尚未评价', wanted: '想要', liked: '喜欢', disliked: '不喜欢', hidden: '不感兴趣' };

const span = ([from, to]: [number, number], told: (end: number) => string): string => {
  if (from <= BOUNDS[0]) return `${told(to)} 以前`;
  if (to >= BOUNDS[1]) return `${told(from)} 以后`;
  return from === to ? told(from) : `${told(from)}–${told(to)}`;
};

const price = ([from, to]: [number, number]): string => {
  const told = (end: number) => f.number(end, 2);
  if (from <= BOUNDS[0]) return `价格不超过 ${told(to)}`;
  if (to >= BOUNDS[1]) return `价格 ${told(from)} 起`;
  return `价格 ${told(from)}–${told(to)}`;
};

const part = (kinds: Record<Kind, { many: string }>) => (one: Part): string => {
  switch (one.part) {
    case 'query':
      return `“${f.apart(one.text)}”`;
    case 'kind':
      return kinds[one.kind].many;
    case 'standing':
      return standings[one.standing];
    case 'languages':
      return f.language(one.name);
    case 'years':
      return span(one.range, year);
    case 'prices':
      return price(one.range);
    case 'in_stock':
      return '有货';
    case 'people':
      return one.name;
    default:
      return term(one.name);
  }
};

export const browse = (kinds: Record<Kind, { many: string }>): Messages['browse'] => ({
  title: '浏览',
  found: (n) => `${f.number(n)} 件藏品`,
  loading: '正在查看书架',
  waiting: '正在取来',
  view: '显示方式',
  grid: '封面',
  table: '表格',
  sort: '排序',
  sorts: { added: '加入时间', title: '标题', year: '年份', rating: '评分', popularity: '热度', price: '价格', score: '契合度', match: '匹配程度' },
  turn: (descending) => (descending ? '降序，点按反转' : '升序，点按反转'),
  filters: '筛选',
  filters_set: (n) => (n === 0 ? '筛选' : `筛选（${f.number(n)}）`),
  set: '已设条件',
  part: part(kinds),
  drop: (what) => `去掉“${f.apart(what)}”`,
  clear: '全部清除',
  kind: '种类',
  standing: '你的看法',
  standings,
  genres: '类型',
  people: '人物',
  tags: '标签',
  languages: '语言',
  years: '年份',
  prices: '价格',
  stock: '库存',
  in_stock: '有货',
  from: '起',
  to: '止',
  within: { genres: '查找类型', people: '查找人名', tags: '查找标签', languages: '查找语言' },
  not_among: '不在这里最常见的之中。',
  more: (n) => `再显示 ${f.number(n)} 项`,
  fewer: '收起',
  counted: (name, n) => `${f.apart(name)}，${f.number(n)} 件`,
  saved: '你的筛选',
  save: '保存这组筛选',
  save_name: '取个名字',
  save_do: '保存',
  rename: (name) => `重命名筛选“${f.apart(name)}”`,
  saved_removed: (name) => `已删除筛选“${f.apart(name)}”。`,
  saved_remove: (name) => `删除筛选“${f.apart(name)}”`,
  none: '没有同时符合这些条件的',
  none_about: '去掉其中一项，就能看到这些：',
  loosen: (what, n) => (n === null ? `去掉“${f.apart(what)}”` : `去掉“${f.apart(what)}”：${f.number(n)} 件`),
  empty: '书架还是空的',
  empty_about: '导入一份目录，或者先在示例书架里逛逛。',
  columns: { title: '标题', by: '创作者', kind: '种类', year: '年份', rating: '评分', popularity: '选过的人数', price: '价格', standing: '你的看法' },
});
