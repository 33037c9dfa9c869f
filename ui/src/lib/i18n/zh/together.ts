/** 几份档案共用的一张列表。 */
import type { Messages } from '../en';
import { amid, f, nth } from './forms';

export const together: Messages['together'] = {
  title: '一起选',
  lead: (names, n) => `为${f.list(names.map(amid))}而排，选自大家都还没选过的 ${f.number(n)} 件藏品。`,
  about: '两人或多人共用一张列表：总体上大家都满意，也不让任何一个人太将就。',
  who: '为谁而排',
  more: (n) => `另有 ${f.number(n)} 份，输入名字即可找到`,
  few: '还有谁一起？',
  few_about: '共同的列表至少要两份档案。请在上面再勾选一份。',
  alone: '目前只有一份档案',
  alone_about: '为每个一起看、一起读、一起听的人各建一份，各有各的喜好。',
  none: '没有大家都还没选过的了',
  none_about: '换一类，或者少选几个人。',
  acts: '喜欢记在谁名下',
  loading: '正在合并大家的列表',
  list: '共同列表',
  place: (name, place, of) => `${f.apart(name)}：${f.number(of)} 件中的${nth(place)}`,
};
