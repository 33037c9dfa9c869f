/** 初选：先挑几样喜欢的，列表由此开始。 */
import type { Messages } from '../en';
import { f } from './forms';

export const picks: Messages['picks'] = {
  title: '挑几样你喜欢的',
  lead: '三四样就够开个头。每选一样都记作喜欢，再按一次即可撤销。',
  wish: '或者说说你现在想要什么',
  wish_hint: '有雨的夜晚；a slow film about memory；用哪种语言都行',
  grid: '可挑选的藏品',
  loading: '正在摆出来',
  none: (wish) => `这里没有与“${f.apart(wish)}”相近的`,
  none_about: '换个说法，或者清空这一栏，看看最知名的那些。',
  empty: '还没有可挑选的',
  empty_about: '导入一份目录，或者先在示例书架里逛逛。',
  clear: '回到全部',
  count: (n) => (n === 0 ? '还没有选' : `已选 ${f.number(n)} 件`),
  list: '目前的列表',
  list_about: '它随你的选择而变。在还不了解你的地方，先从很多人选择的开始。',
  done: '完成',
  skip: '暂时跳过',
  again: '挑几样你喜欢的',
};
