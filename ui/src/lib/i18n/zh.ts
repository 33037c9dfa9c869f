/** 简体中文。句子按中文的语序写成，不逐词对译。 */
import type { Action, Kind, Matched, What } from '../types';
import type { Messages } from './en';
import { activity } from './zh/activity';
import { basket } from './zh/basket';
import { browse } from './zh/browse';
import { settings } from './zh/settings';
import { friends } from './zh/friends';
import { encoders } from './zh/encoders';
import { effect } from './zh/effect';
import { folders } from './zh/folders';
import { amid, f, last, titled, year } from './zh/forms';
import { glossary } from './zh/glossary';
import { importing } from './zh/import';
import { insights } from './zh/insights';
import { less } from './zh/less';
import { merge } from './zh/merge';
import { past } from './zh/past';
import { licences } from './zh/licences';
import { item } from './zh/item';
import { paper } from './zh/paper';
import { picks } from './zh/picks';
import { along, common, reason, theirs } from './zh/reasons';
import { remark } from './zh/remarks';
import { called, signals } from './zh/signals';
import { taste } from './zh/taste';
import { meant, term } from './zh/terms';
import { together } from './zh/together';
import { tray } from './zh/tray';

const kinds: Record<Kind, { one: string; many: string }> = {
  film: { one: '电影', many: '电影' },
  series: { one: '剧集', many: '剧集' },
  book: { one: '书籍', many: '书籍' },
  music: { one: '音乐', many: '音乐' },
  game: { one: '游戏', many: '游戏' },
  product: { one: '商品', many: '商品' },
  other: { one: '其他', many: '其他' },
};

const acts: Record<Extract<Action, string>, string> = {
  view: '看了看',
  open: '打开',
  want: '想要',
  like: '喜欢',
  dislike: '不喜欢',
  finish: '完成',
  abandon: '没有完成',
  buy: '购买',
  hide: '不感兴趣',
  comment: '评论',
};

function act(action: Action): string {
  if (typeof action === 'string') return acts[action];
  return `评 ${f.number(action.rate, Number.isInteger(action.rate) ? 0 : 1)} 星`;
}

function deed(what: What): string {
  switch (what.did) {
    case 'act':
      return act(what.action);
    case 'pin':
      return `手动将${called(what.signal)}的权重设为 ${f.number(what.weight, 2)}`;
    case 'unpin':
      return `${called(what.signal)}恢复自动学习`;
    case 'less':
      return less.of(what.of.name);
    case 'reset':
      return '重置配比';
    case 'undo':
      return '撤销了';
  }
}

export const zh: Messages = {
  format: f,
  language: '简体中文',
  signals,
  kinds,
  term,
  meant,

  app: {
    starting: '正在打开你的书架',
    close: '关闭',
    reveal: '在文件夹中显示',
    cancel: '取消',
    retry: '再试一次',
    skip: '跳到列表',
    internal: 'Curio 内部出了问题。',
    notices: '打开数据时',
  },

  nav: {
    label: 'Curio',
    for_you: '为你推荐',
    browse: '浏览',
    together: '一起选',
    basket: '购物篮',
    mix: '你的配比',
    insights: '推荐效果',
    activity: '记录',
    import: '导入',
    settings: '设置',
    picks: '初选',
    help: '快捷键',
  },

  welcome: {
    title: '属于你自己的推荐',
    lead: 'Curio 从你的选择中了解你的喜好，说明每一次推荐的缘由，而这一切都只留在这台电脑上。',
    language: '语言',
    name: '怎么称呼你？',
    name_hint: '给你的档案起个名字；其他人可以有自己的档案。',
    next: '继续',
    library: '书架上放些什么？',
    sample: '试试示例书架',
    sample_about: '电影、书籍、音乐和游戏，先随便看看。',
    file: '导入文件',
    file_about: '你自己的目录，或其他程序的导出文件；也可以把文件拖到窗口任意位置。',
    ready: (n) => `直接使用已有的 ${f.number(n)} 件藏品`,
    filling: '正在上架',
  },

  list: {
    title: '为你推荐',
    lead: (name, n) => `${amid(name).trimStart()}的列表，选自 ${f.number(n)} 件藏品`,
    all: '全部',
    kinds: '种类',
    in_stock: '只看有货',
    variety: '多样',
    variety_about: '各项之间差异的程度；同一位创作者最多两项',
    surprise: '惊喜',
    surprise_about: '尝试尚无把握之物的程度；换一批时会再试别的',
    refresh: '换一批',
    stale: '顺序有变化',
    loading: '正在为你排列',
    empty: '书架还是空的',
    empty_about: '导入一份目录，或者先在示例书架里逛逛。',
    none: '这里没有可推荐的了',
    none_about: '这一类里你都选过了。换一类，或者再导入一些。',
    none_in_stock: '剩下的都缺货。',
    out_of_stock: '把缺货的也算上',
    fresh: '新出现',
    more: '显示更多',
    filled: '目录中没有，由相近的藏品估算',
  },

  row: (kind) => {
    switch (kind.row) {
      case 'for_you':
        return '为你推荐';
      case 'because':
        return `因为你喜欢${titled(kind.item.title)}`;
      case 'new':
        return '近年新作';
      case 'forgotten':
        return '久违的心头好';
    }
  },

  card: {
    like: '喜欢',
    dislike: '不喜欢',
    hide: '不感兴趣',
    rate: '评分',
    stars: (n) => `五星中的 ${f.number(n)} 星`,
    why: '为什么推荐？',
    actions: (title) => `你觉得${titled(title)}怎么样？`,
    year,
    left: (n) => (n > 0 ? `库存 ${f.number(n)}` : '缺货'),
  },

  reason,
  common,
  theirs,
  along,

  ribbon: {
    part: (signal, share) => `${signals[signal].name} ${f.percent(share)}`,
    label: (parts) => `推荐它的理由：${f.row(parts)}`,
    empty: '目前还没有支持或反对它的理由',
  },

  why: {
    title: '为什么推荐？',
    lead: (score) => `分数 ${score} 正好是下面各项之和，每一项对应一种信号。`,
    total: '分数',
    sum: (weight, evidence) => `权重 ${weight} × 依据 ${evidence}`,
    silent: (n) => `另有 ${f.number(n)} 种信号在这里不起作用。`,
    up: '支持',
    down: '反对',
  },

  mix: {
    title: '你的配比',
    lead: '每种信号对列表的影响有多大，Curio 对此有多确定。你的每一次选择都会让它变化。',
    scope: {
      alone: '依据你自己的选择和目录。',
      company: '依据你自己的选择、目录，以及这里其他档案和朋友的喜好。',
      in_order: '依据你自己的选择、目录、这里其他档案和朋友的喜好，以及这些档案的先后次序。',
    },
    pull: (signal, pull, give) => `${signals[signal].name}：影响 ${pull}，上下浮动 ${give}`,
    unit: '数字表示一种信号把藏品排前（+）或排后（−）的力度。',
    pulls: (pull) => `影响 ${pull}`,
    idle: '还没有依据',
    weight: '权重',
    set: (signal) => `手动设定${called(signal)}的权重`,
    start: (weight) => `起始值 ${weight}`,
    pinned: '手动设定',
    unpin: '恢复自动学习',
    reset: '重置配比',
    reset_about: '配比回到起始状态，手动设定全部取消。你的喜好会保留，这一步也可以撤销。',
    loading: '正在计算',
    up: '上升',
    down: '下降',
    open: '手动调整',
    all: '全部信号',
  },

  picks,
  licences,
  together,
  basket,
  browse: browse(kinds),
  effect,
  past,
  less,
  merge,
  insights,
  remark,
  glossary,
  taste,

  toast: {
    label: '发生了什么变化',
    done: (what, title) => (title === null ? `${deed(what)}。` : `${deed(what)}：${titled(title)}。`),
    changes: (moves) => {
      const parts = moves.map(
        ({ signals: some, up, much }) =>
          `${f.list(some.map(called))}的分量${much ? '明显' : '略微'}${up ? '增加' : '减少'}`,
      );
      return parts.length > 0 ? `${parts.join('，')}。` : '配比没有变化。';
    },
    all: (what, n) => `${deed(what)}：${f.number(n)} 件。`,
    all_undone: (n) => `已撤销 ${f.number(n)} 条。`,
    whose: (name) => `记在${amid(name)}名下。`,
    undo: '撤销',
    undone: (title, taken = null) => {
      const what = taken ? deed(taken) : '';
      if (title === null) return what ? `已撤销：${what}。` : '已撤销。';
      return `已撤销：${titled(title)}${what ? `（${what}）` : ''}。`;
    },
  },

  search: {
    label: '搜索你的书架',
    placeholder: '标题、人名，或者内容',
    none: (query) => `没有与“${f.apart(query)}”匹配的结果`,
    none_about: '试试少用几个词、换一种写法，或者描述它讲了什么。',
    matched: (where) => {
      const names: Record<Matched, string> = {
        title: '标题',
        people: '人名',
        tags: '类型或标签',
        description: '简介',
        meaning: '含义',
        kind: '你说的种类',
      };
      return `匹配之处：${f.list(where.map((part) => names[part]))}`;
    },
  },

  item,
  activity,
  paper,

  import: importing,
  folders,
  tray,

  profiles: {
    title: '档案',
    lead: '每份档案都有自己的喜好、配比和列表。',
    switch: (name) => `当前档案：${f.apart(name)}。切换`,
    current: '使用中',
    find: '查找档案',
    found: (n) => `${f.number(n)} 份档案`,
    none: '没有叫这个名字的档案',
    entries: (n) => `${f.number(n)} 次选择`,
    add: '新建档案',
    name: '名字',
    save: '保存',
    rename: (name) => `重命名 ${f.apart(name)}`,
    remove: (name) => `删除 ${f.apart(name)}`,
    sure: (name) => `删除 ${f.apart(name)} 以及学到的一切？`,
    sure_about: '这份档案的喜好、记录和配比都会删除，无法撤销。',
    yes: '永久删除',
    removed: (name) => `已删除${amid(name)}的档案。`,
    alike: (name) => `已经有一份叫${amid(name)}的档案，只是大小写不同。这会是另一份。`,
    now: (name) => `现在使用的是${amid(name)}的档案。`,
    back: (name) => `换回${last(name)}`,
  },
  settings,

  friends,
  encoders,

  keys: {
    title: '键盘快捷键',
    lead: '字母和数字键在藏品获得焦点时才起作用；用方向键可以移到藏品上。',
    search: '搜索',
    move: '在列表中移动',
    open: '打开',
    like: '喜欢',
    dislike: '不喜欢',
    hide: '不感兴趣',
    rate: '评一到五星',
    why: '为什么推荐？',
    undo: '撤销',
    undo_anywhere: '在任何地方撤销',
    refresh: '换一批',
    go: '按侧栏的顺序前往各页',
    keep: '保留滑块所示的权重',
    palette: '所有命令',
    profiles: '档案',
    help: '本页',
    close: '关闭或返回',
  },

  palette: {
    title: '命令',
    placeholder: '想做什么？',
    none: '没有这个命令',
    go: (screen) => `前往“${screen}”`,
    profile: (name) => `切换到 ${f.apart(name)}`,
    theme: (name) => `主题：${name}`,
    language: (name) => `语言：${name}`,
    density: (name) => `显示密度：${name}`,
    undo: '撤销上一步',
    refresh: '换一批',
    file: '导入文件',
    help: '键盘快捷键',
  },

  deed,
  mark: act,
};
