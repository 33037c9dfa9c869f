/** 朋友：以文件分享的口味，以及别人的口味。 */
import type { Messages } from '../en';
import { amid, f, last } from './forms';

export const friends: Messages['friends'] = {
  title: '朋友',
  loading: '正在查看有哪些朋友',
  lead: '朋友的喜好就像这里的又一份档案：口味越相近，分量越重。口味文件由你们自己转交，Curio 什么也不发送。',
  share: '分享口味',
  share_about: '生成一个可以交给朋友的文件。里面有下面填的名字，以及每一件热爱、喜欢或不喜欢的藏品：属于三者中的哪一种，以及它的标识、标题、年份、种类和创作者。不含日期、先后次序、星级和评语，也不含只看过、想要、隐藏或已撤销的。',
  whose: '档案',
  name: '文件中的名字',
  go: '分享',
  shared: (path, loved, liked, disliked) =>
    `已写入 ${f.apart(path)}：热爱 ${f.number(loved)} 件，喜欢 ${f.number(liked)} 件，不喜欢 ${f.number(disliked)} 件。`,
  add: '添加朋友',
  add_about: '读取朋友给你的口味文件。同名的朋友会被替换。',
  added: (name, replaced, by_key, by_title, missing) =>
    `${replaced ? '已替换同名的朋友' : '已添加'}${last(name)}。在这里找到：按标识 ${f.number(by_key)} 件，按标题、年份和创作者 ${f.number(by_title)} 件。另有 ${f.number(missing)} 件不在这里，会先留着，等目录里有了再算。`,
  none: '还没有朋友。',
  items: (n, known) => `${f.number(n)} 件藏品，其中 ${f.number(known)} 件在你的目录里`,
  tie: (name, agreement, common) =>
    `${f.apart(name)}：一致程度 ${f.signed(agreement, 2)}，依据双方都评判过的 ${f.number(common)} 件`,
  more: (n) => `另有 ${f.number(n)} 份档案，共同评判过的不比这更多`,
  scale: '一致程度从 −1（看法全都相反）到 1（看法完全相同）。',
  remove: (name) => `移除${last(name)}`,
  removed: (name) => `已移除${last(name)}。`,
  sure: (name) => `移除${amid(name)}以及他们的喜好？`,
  sure_about: '所有列表都会像从未添加过他们一样。此前的备份和导出里仍有他们的口味；他们的文件可以再次添加。',
  yes: '移除',
};
