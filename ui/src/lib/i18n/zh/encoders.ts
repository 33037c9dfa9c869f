/** 语言模型：有哪些、在用哪个、更换要多久。 */
import type { Messages } from '../en';
import { f } from './forms';

export const encoders: Messages['encoders'] = {
  title: '语言模型',
  about:
    '这台电脑上的小型语言模型阅读标题和简介，Curio 由此知道哪些作品意思相近。可以随时更换：新模型读完全部内容之前，列表和搜索不会有任何变化。',
  known: {
    multilingual: { name: '多语言', about: '能读约一百种语言，还能跨语言查找：用一种语言搜索，找到用另一种语言写的内容。' },
    english: { name: '英语', about: '只懂英语，用时是多语言模型的一半多。' },
  },
  size: (bytes, licence) => `占用磁盘 ${f.number(bytes / 1e6)} MB；许可证 ${licence}。`,
  ready: (name, n) => `正在使用${f.apart(name)}模型，已读过 ${f.number(n)} 件藏品。`,
  not_ready: (name) => `${f.apart(name)}模型未就绪。没有它列表仍可用，但不了解作品的内容。`,
  unread: '尚未按含义理解作品。',
  unread_about: '这台电脑上没有可用的语言模型，列表和搜索目前只看字词、类型、人物和年份。',
  unread_go: '查看语言模型',
  loading: '正在查看有哪些语言模型',
  serves: '使用中',
  serves_yet: '使用中，直到另一个就绪',
  whole: '已读完全部内容，可立即更换',
  cost: (texts, perSecond) => {
    if (texts === 0 || perSecond === null) return '已在这台电脑上';
    const minutes = Math.max(1, Math.round(texts / perSecond / 60));
    return `读完你的 ${f.number(texts)} 段文字大约需要 ${f.number(minutes)} 分钟`;
  },
  preparing: (done, total) => `准备中，已读 ${f.number(done)} / ${f.number(total)} 段文字`,
  stopped: (done, total) => `已选定，已读 ${f.number(done)} / ${f.number(total)} 段文字`,
  missing: '不在这台电脑上',
  reading: '正在阅读新的标题和简介',
  work: (name) => `正在准备${f.apart(name)}模型`,
  resume: '继续准备',
};
