/** 侧栏底部的长时间任务。 */
import type { Messages } from '../en';
import { f } from './forms';

export const tray: Messages['tray'] = {
  label: '正在进行',
  begins: '即将开始',
  far: (share, left) => `${share}，${left}`,
  open: (title, standing) => `${f.apart(title)}：${standing}。打开`,
  stop: (title) => `停止：${f.apart(title)}`,
  ended: (title) => `已结束：${f.apart(title)}。`,
};
