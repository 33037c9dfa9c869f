/** 媒体文件夹：列表、扫描与结果。 */
import type { Messages } from '../en';
import { f } from './forms';

export const folders: Messages['folders'] = {
  title: '媒体文件夹',
  loading: '正在查看有哪些文件夹',
  about: '选择一个存放音乐、电影、剧集、书籍或漫画的文件夹。Curio 会读取文件自带的信息与封面，绝不移动或更改任何文件。读过一次之后，其中的变化会自动读取。',
  unwatched: {
    full: '其中的变化不会自动发现：系统不允许再监视更多文件夹。',
    remote: '其中的变化不会自动发现：它在另一台机器上，不会告知变化。',
    away: '其中的变化不会自动发现：它现在不在，或者无法打开。',
    partly: '其中的变化不会全部自动发现：里面有一个文件夹无法打开。',
    refused: '其中的变化不会自动发现：系统不允许监视它。',
  },
  unwatched_next: '每次启动 Curio 时会读取；想早些看到变化，可以重新读取。',
  add: '选择文件夹',
  unscanned: '尚未读取。',
  scanned: (when, n, files) => `${when} 读取：${f.number(files)} 个文件中有 ${f.number(n)} 件藏品。`,
  rejected: (n) => `${f.number(n)} 个文件无法读取。`,
  gone: (n) => `${f.number(n)} 个文件已不在；对应的藏品仍留在库中。`,
  look: '看看里面有什么',
  rescan: '重新读取',
  scan_one: (path) => `读取 ${f.apart(path)}`,
  leave: '停止监视',
  leave_one: (path) => `停止监视 ${f.apart(path)}`,
  leave_sure: (path) => `要停止监视 ${f.apart(path)} 吗？`,
  leave_about: '它会从列表中移除。已读取的内容仍留在库中，文件夹里的任何东西都不会改变。',
  scanning: '正在读取媒体文件夹',
  would: (path) => `${f.apart(path)} 里有什么`,
  did: (path) => `已读取：${f.apart(path)}`,
  stopped: (path) => `已停止：${f.apart(path)}`,
  stopped_about: '这里统计的内容都已存好。再次读取该文件夹即可接着进行。',
  nothing_yet: '尚未写入任何内容。',
  nothing: '里面暂时没有新内容。仍可导入，以便监视它的变化。',
  go: '导入并监视',
};
