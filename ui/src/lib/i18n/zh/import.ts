/** 导入：问什么、进行到哪里、结果如何。 */
import type { Stage } from '../../types';
import type { Messages } from '../en';
import { f } from './forms';

export const importing: Messages['import'] = {
  title: '导入',
  lead: '一份目录，或者一份你或顾客的选择清单，CSV 格式。先让你看清会发生什么，再写入任何东西。',
  choose: '选择文件',
  drop: '或者把文件拖到窗口任意位置',
  drop_here: '松开即可查看其中的内容',
  sample: '加入示例书架',
  reading: (file) => `正在读取 ${f.apart(file)}`,
  writing: (file) => `正在导入 ${f.apart(file)}`,
  preview: '文件里有什么',
  preview_about: '目前什么都没有写入。',
  done: '已导入',
  stopped: '已停止',
  stopped_about: '这里计入的都已保存。再次导入同一文件即可从此处继续。',
  format: '识别为',
  content: { catalogue: '一份目录', interactions: '一份选择清单' },
  column: '文件中的列',
  field: '对应为',
  kept: '原样保留',
  notes: '读取方式',
  counts: { read: '读取行数', stored: '新增', updated: '更新', duplicates: '已有', rejected: '未采用' },
  filled: (field, n) => `有 ${f.number(n)} 行缺少 ${f.apart(field)}，仅为排序做了估算。`,
  encoded: (n) => `编码器读懂了 ${f.number(n)} 段文字。`,
  unencoded: (n) => `${f.number(n)} 段文字等待编码器。`,
  go: '导入',
  again: '导入另一个文件',
  to_list: '去看列表',
  stage: { store: '清洗与保存', index: '建立搜索索引', encode: '阅读文字', train: '从各个档案中学习' } satisfies Record<Stage, string>,
  progress: (done, total, stage) =>
    total === null ? `${f.number(done)} ${stage === 'train' ? '步' : '行'}` : `${f.number(done)} / ${f.number(total)}`,
  left: (seconds) =>
    seconds < 60
      ? `大约还需 ${f.number(Math.max(1, Math.round(seconds)))} 秒`
      : `大约还需 ${f.number(Math.round(seconds / 60))} 分钟`,
  cancel: '停止',
  rejects: (n) => `${f.number(n)} 行未采用`,
  rejects_more: (shown) => `这里显示前 ${f.number(shown)} 行。`,
  rejected_file: '全部未采用的行及原因见',
  line: '行',
  reason: '原因',
  whole_row: '整行',
  sample_done: (n) => `已从示例书架加入 ${f.number(n)} 件藏品`,
};
