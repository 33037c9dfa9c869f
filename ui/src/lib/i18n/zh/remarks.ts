/** 引擎对文件和各行的说明，凡是已知的种类。 */
import type { Remark, Sort } from '../../remarks';
import type { Kind } from '../../types';
import { f } from './forms';
import { importing } from './import';
import { refusal } from './refusals';

const sorts: Record<Sort, string> = { number: '数字', year: '年份', date: '日期', action: '已知的行为' };
const whats: Record<string, string> = { title: '标题', key: '标识', item: '藏品', user: '用户', rating: '评分', action: '行为', comment: '评语', date: '日期' };
const quoted = (cell: string) => `“${f.apart(cell)}”`;
const way = (name: string) => importing.written[name] ?? name;

export function remark(told: Remark, kinds: Record<Kind, { one: string }>): string {
  switch (told.said) {
    case 'missing':
      return `缺少${whats[told.what] ?? told.what}。`;
    case 'not':
      return `${quoted(told.cell)}不是${sorts[told.sort]}。`;
    case 'below':
      return `${quoted(told.cell)}小于零。`;
    case 'rating':
      return `${quoted(told.cell)}不是 ${told.from} 到 ${told.to} 之间的评分。`;
    case 'years':
      return `${quoted(told.cell)}不在 ${told.from.replace('-', '−')} 到 ${told.to} 年之间。`;
    case 'cells':
      return `这一行有 ${f.number(told.cells)} 格，表头有 ${f.number(told.header)} 格。`;
    case 'return':
      return `${quoted(told.cell)}是退货，不算购买。`;
    case 'unbought':
      return `${quoted(told.cell)}不是购买的数量。`;
    case 'off':
      return `${quoted(told.cell)}表示没有购买。`;
    case 'nobody':
      return '这一行没有说明是谁的。';
    case 'unmapped':
      return '没有哪一列可以认作标题或藏品。';
    case 'commas':
      return '小数点写作逗号。';
    case 'finished':
      return '没有哪一列说明做了什么，每一行都算作完成。';
    case 'headless':
      return '文件没有表头，按歌手、专辑、曲目和日期的播放记录读取。';
    case 'encoding':
      return `编码：${told.name}`;
    case 'delimiter':
      return `列分隔符：${way(told.name)}`;
    case 'mapping':
      return `按记住的“${f.apart(told.name)}”读取。`;
    case 'bytes':
      return `有 ${f.number(told.count)} 处无法按 ${told.name} 读取，显示为 \ufffd。`;
    case 'header':
      return `表头在第 ${f.number(told.line)} 行。`;
    case 'short':
      return `有 ${f.number(told.count)} 行的格数少于表头，缺少的算作空白。`;
    case 'absent':
      return `目录里没有${quoted(told.item)}这一件。${told.first ? '请先导入目录。' : ''}`;
    case 'likes':
      return `${quoted(told.column)}记的是喜欢与否：1 为喜欢，${told.three ? '−1 为不喜欢，0 为未表态' : '0 为不喜欢'}。`;
    case 'dates':
      return `${quoted(told.column)}中的日期按“${way(told.order)}”的顺序读取${told.sure ? '' : '，不过列中没有依据'}。`;
    case 'scale':
      return `${quoted(told.column)}中的评分满分为 ${told.of}。`;
    case 'kind':
      return `其中每一件都算作：${kinds[told.kind as Kind]?.one ?? told.kind}。`;
    case 'counted':
      return `没有说明做了什么的行算作：${way(told.as)}。`;
    case 'kinds':
      return `有 ${f.number(told.count)} 行的种类无法识别：${f.row(told.words.map((word) => quoted(word)))}。`;
    case 'states':
      return `有 ${f.number(told.count)} 行的状态无法识别，只收入藏品：${f.row(told.words.map((word) => quoted(word)))}。`;
    case 'withdrawn':
      return `有 ${f.number(told.count)} 件商品不在售，算作缺货。`;
    case 'joined':
      return `有 ${f.number(told.count)} 行说的是库里已有的藏品，已与之合并。`;
    case 'again':
      return `有 ${f.number(told.count)} 行与前面同一件藏品的行说法不同，以最前面的为准。`;
    case 'shortened':
      return `${quoted(told.column)}中有 ${f.number(told.count)} 个号码被电子表格截短，无法用作标识。请重新导出文件。`;
    case 'unpriced':
      return '没有哪一列读作价格或库存。';
    case 'list':
      return `文件中的编号只在清单${quoted(told.list)}里有效，在别的清单里指的是别的东西。`;
    case 'taken':
      return `${quoted(told.key)}已经是${quoted(told.already)}，这一行却是${quoted(told.here)}；没有改动。`;
    case 'cancelled':
      return `订单已于 ${f.apart(told.on)} 取消，没有购买。`;
    case 'profiles':
      return `${f.number(told.count)} 份新档案：${f.row(told.names.map((name) => f.apart(name)))}${told.names.length < told.count ? ' …' : ''}`;
    case 'files':
      return `音乐、视频、书籍和漫画文件共 ${f.number(told.count)} 个。`;
    case 'unchanged':
      return `其中 ${f.number(told.count)} 个没有变化，没有重新打开。`;
    case 'moved':
      return `其中 ${f.number(told.count)} 个换了位置。`;
    case 'gone':
      return `有 ${f.number(told.count)} 个已不在，对应的藏品仍然留着。`;
    case 'untold':
      return `其中 ${f.number(told.count)} 个没有说明自己是什么，已跳过。`;
    case 'others':
      return `跳过了 ${f.number(told.count)} 个其他文件。`;
    case 'links':
      return `没有跟随 ${f.number(told.count)} 个链接。`;
    case 'pictures':
      return `有 ${f.number(told.count)} 张图片无法读取，对应的藏品没有封面。`;
    case 'archive':
      return `${f.apart(told.file)} 已损坏，或者不是书籍或漫画。`;
    case 'audio':
      return `${f.apart(told.file)} 已损坏，或者不是音乐。`;
    case 'out':
      return `${f.apart(told.name)} 未读取。`;
    default:
      return refusal(told);
  }
}
