/** 设置：外观、数据，以及什么会离开这台电脑。 */
import type { Messages } from '../en';
import { f } from './forms';

export const settings: Messages['settings'] = {
  title: '设置',
  look: '外观',
  language: '语言',
  theme: '主题',
  themes: { system: '跟随系统', light: '浅色', dark: '深色' },
  density: '显示密度',
  densities: { comfortable: '宽松', compact: '紧凑' },
  data: '你的数据',
  folder: '数据文件夹：',
  holds: (n, profiles, entries) =>
    `${f.number(n)} 件藏品，${f.number(profiles)} 份档案，各档案日志共 ${f.number(entries)} 条${entries > 0 ? '（含撤销和被撤销的）' : ''}`,
  backup: '备份',
  backup_about: '把一切放进一个可以阅读、可以保存的文件。',
  restore: '恢复',
  restore_about: '用备份替换现有内容，替换前会先保存。',
  restore_sure: '用这份备份替换现有内容？',
  restore_sure_about: (file, held) =>
    `${f.apart(file)} 写于 ${f.moment(held.at)}，里面有 ${f.number(held.items)} 件藏品、${f.number(held.profiles)} 份档案、${f.number(held.entries)} 条日志${held.friends > 0 ? `和 ${f.number(held.friends)} 位朋友` : ''}，已全部读过，没有损坏。现有内容会先存进数据文件夹下的 backups 文件夹。`,
  export: '导出',
  export_as: '导出为',
  export_formats: { csv: 'CSV', jsonl: 'JSON Lines', letterboxd: 'Letterboxd', goodreads: 'Goodreads' },
  export_abouts: {
    csv: '把目录和记录存成 CSV 文件，供其他程序使用。',
    jsonl: '把一切存进一个 JSON Lines 文件，再次导入后完全一样。',
    letterboxd: '当前档案的电影，按 Letterboxd 能导入的格式。',
    goodreads: '当前档案的书籍，按 Goodreads 能导入的格式。',
  },
  written: (path, n, entries) =>
    `已写入 ${f.apart(path)}：${f.number(n)} 件藏品，${f.number(entries)} 条日志。`,
  restored: (n, entries, before) =>
    `已恢复：${f.number(n)} 件藏品，${f.number(entries)} 条日志。${before === null ? '' : `原来的内容在 ${f.apart(before)}。`}`,
  privacy: '隐私',
  privacy_points: [
    '你的喜好、记录、配比和搜索只保存在这台电脑的数据文件夹里；除非你写出备份、导出或口味文件，别处都没有。',
    '这个窗口不从网络加载任何东西，也没有建立网络连接的权限。',
    '没有账号，没有遥测，也不检查更新。',
    '数据文件夹没有加密：能读你文件的人就能读它。备份和导出也是普通文件。',
  ],
};
