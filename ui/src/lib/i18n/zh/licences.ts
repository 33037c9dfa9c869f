/** Curio 由哪些部分组成，各依什么条款。 */
import type { Messages } from '../en';
import { f } from './forms';

export const licences: Messages['licences'] = {
  title: '许可证',
  lead: 'Curio 按 MIT 或 Apache 2.0 许可证授权，任你选择。它建立在许多人的成果之上，各部分有各自的条款。',
  show: '查看许可证',
  loading: '正在取出许可证',
  find: '按名称或许可证查找',
  count: (n) => `${f.number(n)} 个组成部分`,
  none: '没有这个名称或许可证',
  text: (name) => `${name} 的许可证`,
  from: {
    crate: '程序',
    package: '界面',
    font: '字体',
    model: '语言模型',
    runtime: '运行语言模型',
  },
};
