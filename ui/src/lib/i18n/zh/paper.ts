/** 列表：打印或存成文件。 */
import type { Messages } from '../en';
import { f, titled } from './forms';

export const paper: Messages['paper'] = {
  print: '打印',
  save: '存为 CSV',
  file: 'curio-list.csv',
  saved: (file, n) => `已写入 ${f.apart(file)}：${f.number(n)} 件藏品。`,
  columns: { title: '标题', price: '价格', stock: '库存', reason: '理由' },
  basket: (titles) => `搭配${titles.map((title) => titled(title)).join('')}`,
  prices: '价格',
  out_of_range: '不限价格',
};
