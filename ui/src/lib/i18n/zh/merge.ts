/** 可能是同一件藏品的记录，以及主人的判断。 */
import type { Messages } from '../en';
import { f } from './forms';

export const merge: Messages['merge'] = {
  title: '这些是同一件吗？',
  about: '它们来自不同的行或文件，看起来很像，但还不能断定；确定相同的在导入时已经合并。你合并一对之后，对其中任何一条做过的事都算数，也可以随时撤销。',
  loading: '正在比对藏品',
  none: '没有看起来相同的藏品。',
  found: (n) => `${f.number(n)} 对可能重复的藏品`,
  open: (n) => `可能重复：${f.number(n)} 对`,
  alike: {
    creator: '标题和年份相同',
    year: '标题和创作者相同，年份相差一年',
    edition: '标题和创作者相同，可能是另一版本',
    unknown: '标题相同，年份不详',
    spelling: '创作者相同，标题几乎相同',
  },
  silent: '未注明',
  same: '是同一件',
  same_as: (one, other) => `${f.apart(one)} 与 ${f.apart(other)} 是同一件`,
  apart: '不是同一件',
  apart_from: (one, other) => `${f.apart(one)} 与 ${f.apart(other)} 不是同一件`,
  all: (n) => `合并 ${f.number(n)} 对标题和年份相同的藏品`,
  all_about: '每一对中，一条写明了创作者，另一条没有。之后仍可以逐一分开。',
  merged: (n) => (n === 1 ? '已合为一件。' : `${f.number(n)} 对已各自合为一件。`),
  parted: '它们保持分开。',
  records: (n) => `由 ${f.number(n)} 条记录组成`,
};
