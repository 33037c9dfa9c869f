/** 少要一种信号，或少推荐一种类型、一个人、一个标签。 */
import type { Messages } from '../en';
import { quoted } from './forms';
import { called } from './signals';
import { term } from './terms';

export const less: Messages['less'] = {
  open: '少推荐…',
  of: (name) => `少推荐${quoted(term(name))}`,
  about: '此后，你对它表示过的喜好只算一半，再减去一次不喜欢。你的喜好会保留，这一步也可以撤销。',
  kept: '此后，你对它表示过的喜好只算一半，再减去一次不喜欢。',
  this: '降低分量',
  weaken: '降低分量',
  signal: (signal, said) => `${said}：${called(signal)}`,
  traits: { genre: '类型', person: '人物', tag: '标签' },
  title: '少推荐一些',
  lead: '每种信号对所有藏品一视同仁。在这里可以要求少推荐某种类型、某个人或某个标签；下面是列表缘由里提到最多的。',
  none: '列表的缘由里还没有提到类型、人物或标签。在藏品的介绍里看到它们时，也可以要求少推荐。',
  asked: '已要求',
  undo: (name) => `撤销：少推荐${quoted(term(name))}`,
};
