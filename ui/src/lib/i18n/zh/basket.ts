/** 店里的一只篮子，以及与它相配的东西。 */
import type { Messages } from '../en';
import { f } from './forms';

export const basket: Messages['basket'] = {
  title: '购物篮',
  lead: '放进几样东西，看看什么与它们相配：既看东西本身，也看顾客一起买了什么。',
  find: '按名称添加',
  find_hint: '名称、品牌，或者用途',
  found: '找到的',
  searching: '正在搜索',
  none: (query) => `没有与“${f.apart(query)}”匹配的结果`,
  put: '添加',
  within: '篮子里',
  inside: '已放入',
  remove: (title) => `取出 ${f.apart(title)}`,
  clear: '清空篮子',
  empty: '篮子是空的',
  empty_about: '按名称找到一样放进来，与它相配的就会出现在这里。',
  count: (n) => `${f.number(n)} 件`,
  total: (price) => `合计 ${price}`,
  goes: '与之相配',
  goes_about: (n) => `选自 ${f.number(n)} 件`,
  loading: '正在寻找相配的',
  nothing: '这里没有相配的',
  nothing_about: (inStock) => (inStock ? '换一类，或者把缺货的也算上。' : '换一类看看。'),
  customer: '购买者',
  buy: '记为已购买',
};
