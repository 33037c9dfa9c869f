/** 引擎没有照办的原因，凡是已知的种类。 */
import type { Disk, Other, Refusal, Unfit } from '../../refusals';
import { f, last, quoted } from './forms';

const others: Record<Other, string> = { picture: '图片', media: '音频或视频', pdf: ' PDF 文档', database: '数据库', web: '网页' };
const unfit: Record<Unfit, string> = {
  zip: '这是一个无法拆开读取的压缩包或工作簿，请整个导入。',
  excel: '这是旧版 Excel 工作簿，或者设有密码。请先另存为 .xlsx 或 CSV。',
  gzip: '这是 gzip 压缩包，请先解压。',
  xml: '这是 XML 文件，Curio 读不了。多数程序也能导出 CSV 或 JSON。',
  xlsb: '这是二进制工作簿，请先另存为 .xlsx 或 CSV。',
  locked: '文件设有密码。',
  backup: '这是 Curio 的备份，请到“设置”中恢复。',
  folder: '这是一个文件夹。媒体文件夹请在下面的“媒体文件夹”中添加。',
  irregular: '这不是普通的文件。',
};
const disk: Record<Disk, string> = {
  absent: '文件不存在，或者已被移走。',
  denied: '没有权限。',
  full: '磁盘空间不足。',
  readonly: '磁盘是只读的。',
  directory: '这是一个文件夹。',
  broken: '磁盘读写出错。',
  long: '文件名太长。',
  many: '打开的文件太多。',
};
const doing = { read: '无法读取', write: '无法写入', remove: '无法删除' };
const whats = { profile: '档案', item: '藏品', friend: '朋友', encoder: '语言模型' };

export function refusal(told: Refusal): string {
  switch (told.said) {
    case 'called':
      return `已经有一份叫${quoted(told.name)}的档案。`;
    case 'nameless':
      return '档案需要一个名字。';
    case 'untitled':
      return '藏品需要一个标题。';
    case 'unknown':
      return `没有叫${quoted(told.name)}的${whats[told.what]}。`;
    case 'unimported':
      return `无法导入${last(told.file)}。`;
    case 'empty':
      return '文件是空的。';
    case 'binary':
      return '其中没有可以读取的文字。';
    case 'other':
      return `这是${others[told.what]}，不是表格。`;
    case 'unfit':
      return unfit[told.what];
    case 'untabled':
      return '压缩包里没有可以读取的表格。';
    case 'no_backup':
      return `${f.apart(told.file)} 不是 Curio 的备份，或者已经损坏。现有内容没有改动。`;
    case 'foreign':
      return '这不是 Curio 的备份。现有内容没有改动。';
    case 'unsound':
      return '文件已经损坏。现有内容没有改动。';
    case 'unmanaged':
      return '这个桌面上没有文件管理器回应。';
    case 'unshown':
      return `无法在文件夹中显示${last(told.file)}。`;
    case 'in_the_way':
      return `${f.apart(told.file)} 已经存在，而且不是 Curio 的备份。请换个名字。`;
    case 'newer':
      return '这是由更新版本的 Curio 写的，这个版本读不了。';
    case 'busy':
      return '你的数据正由另一个窗口或程序打开。';
    case 'stays': {
      const why = told.changed ? '写出后可能改动过，因此保持原样' : '已经存在，因此保持原样';
      return `${f.apart(told.file)} ${why}。${told.now === '' ? '未采用的行只在原文件里。' : `未采用的行另存于 ${f.apart(told.now)}。`}`;
    }
    case 'unclosed':
      return `第 ${f.number(told.line)} 行开始的引号没有结束。`;
    case 'nothing_undone':
      return '没有可以撤销的操作。';
    case 'unimported_yet':
      return '没有可以撤销的导入。';
    case 'tasteless':
      return '这份档案还没有喜欢或不喜欢过什么，因此没有口味可以分享。';
    case 'no_picture':
      return '这不是可以读取的图片。支持 PNG、JPEG 和 WebP。';
    case 'too_large':
      return '图片太大，请换一张小一些的。';
    case 'store':
      return '你的数据无法读写。';
    case 'file':
      return `${f.apart(told.file)} ${doing[told.doing]}。`;
    case 'disk':
      return disk[told.what];
  }
}
