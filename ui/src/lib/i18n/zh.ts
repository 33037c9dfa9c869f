/** 简体中文。句子按中文的语序写成，不逐词对译。 */
import type { Action, Kind, Matched, Reason, Signal, Stage, What } from '../types';
import type { Messages } from './en';
import { format } from './format';

const f = format('zh-CN');
/** 公元前的年份照中文的习惯写。 */
const year = (y: number) => (y < 0 ? `公元前 ${-Math.round(y)} 年` : `${Math.round(y)}`);
const around = (y: number) => (y < 0 ? year(y) : ` ${year(y)} 年`);
const titled = (title: string) => `《${f.apart(title)}》`;
const EAST = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** 句末的名字：西文名前空一格。 */
const last = (name: string) => `${EAST.test(name.charAt(0)) ? '' : ' '}${f.apart(name)}`;
/** 句中的名字：西文名两边各空一格。 */
const amid = (name: string) => `${last(name)}${EAST.test(name.charAt(name.length - 1)) ? '' : ' '}`;
const quoted = (name: string) => `“${f.apart(name)}”`;

const signals: Record<Signal, { name: string; about: string }> = {
  meaning: { name: '合你的口味', about: '内容与你喜欢和不喜欢的一切相比，有多相近。' },
  meaning_lately: { name: '合你最近的口味', about: '内容与你最近的选择有多相近。' },
  nearest_liked: { name: '像你喜欢的某一个', about: '与你喜欢的作品中最接近它的那一个有多像。' },
  nearest_lately: { name: '像你最近喜欢的某一个', about: '与你最近喜欢的某一个有多像；越早的算得越少。' },
  nearest_disliked: { name: '像你不喜欢的某一个', about: '与你不喜欢的作品中最接近它的那一个有多像。' },
  theme: { name: '题材相近', about: '只看关键词和简介，与你喜欢的有多相近。' },
  genre: { name: '类型', about: '你喜欢的作品属于哪些类型。' },
  genre_beyond: { name: '比别人更爱的类型', about: '你比大多数人更喜欢的类型。' },
  genre_lately: { name: '最近的类型', about: '你最近选的作品属于哪些类型。' },
  people: { name: '同样的参与者', about: '演员、表演者等，在你喜欢的作品里出现过。' },
  people_lately: { name: '最近遇到的人', about: '你最近选的作品里的演员、创作者等。' },
  creator: { name: '同样的创作者', about: '你喜欢的作品的导演、作者、音乐人或制作者。' },
  keyword: { name: '相同的关键词', about: '与你喜欢的作品共有的关键词和标签。' },
  title_lately: { name: '同一系列', about: '标题里有一个显眼的词，你最近选的作品标题里也有，像同一系列那样。' },
  language: { name: '语言', about: '你喜欢的作品用的语言。' },
  era: { name: '你喜欢的年代', about: '它的年份与你喜欢的作品有多近。' },
  era_lately: { name: '你最近看的年代', about: '它的年份与你最近的选择有多近。' },
  era_now: { name: '同一年份', about: '它的年份与你刚刚选的有多近。' },
  popularity: { name: '受欢迎程度', about: '按你自己的目录，选过它的人有多少。' },
  popularity_newcomer: { name: '起步时的热门', about: 'Curio 还不了解你时参考热门；你选得越多，它越淡出。' },
  popularity_lately: { name: '与你的选择同样知名', about: '知名度是否与你最近选的差不多。' },
  quality: { name: '评分', about: '按你自己的目录，它的评分如何。' },
  quality_newcomer: { name: '起步时的评分', about: 'Curio 还不了解你时参考评分；你选得越多，它越淡出。' },
  quality_lately: { name: '评分与你的选择相当', about: '评分是否与你最近选的差不多。' },
  newness: { name: '新近程度', about: '它有多新。' },
  fresh: { name: '刚刚问世', about: '今年或不久前才问世。' },
  upcoming: { name: '尚未问世', about: '它的年份还没到。' },
  company_item: { name: '常与你所爱一同被喜欢', about: '喜欢你所爱的其他用户，也喜欢它。' },
  company_ease: { name: '同好', about: '其他用户的喜好合起来，对你的喜好说明了什么。' },
  company_kindred: { name: '知音', about: '与你看法最一致的其他用户喜欢什么。' },
  company_follows: { name: '别人接下来的选择', about: '其他用户在你喜欢的作品之后选了它。' },
  company_next: { name: '别人接着看的', about: '其他用户在你最近所选之后接触了它，不论喜欢与否。' },
  company_beside: { name: '同一时期被喜欢', about: '其他用户在喜欢你最近所选作品的前后，也喜欢了它。' },
  company_item_lately: { name: '与你近期所爱相伴', about: '其他用户把它和你最近选的一起喜欢。' },
  company_ease_lately: { name: '近期的同好', about: '其他用户的喜好对你最近的选择说明了什么。' },
  company_seen_lately: { name: '与你近期所选相伴', about: '其他用户连同你最近所选一起接触过什么，不论喜欢与否。' },
};

/** 句中的信号：处处用同一个名字。 */
const called = (signal: Signal) => `“${signals[signal].name}”`;

const kinds: Record<Kind, { one: string; many: string }> = {
  film: { one: '电影', many: '电影' },
  series: { one: '剧集', many: '剧集' },
  book: { one: '书', many: '书籍' },
  music: { one: '音乐', many: '音乐' },
  game: { one: '游戏', many: '游戏' },
  product: { one: '商品', many: '商品' },
  other: { one: '其他', many: '其他' },
};

function clause(reason: Reason): string {
  switch (reason.because) {
    case 'liked':
      return `你喜欢${titled(reason.item.title)}`;
    case 'creator':
      return `它出自你喜欢的${last(reason.name)}`;
    case 'person':
      return `有${amid(reason.name)}参与，你喜欢的作品里也有`;
    case 'genre':
      return `你喜欢${quoted(reason.name)}这一类`;
    case 'tags':
      return `它和你喜欢的作品都与${f.list(reason.names.map(quoted))}有关`;
    case 'title':
      return `它的标题里有${quoted(reason.name)}，和你最近选的一样`;
    case 'language':
      return `你喜欢的许多作品也用${last(f.language(reason.name))}`;
    case 'meaning':
      return '它很合你一贯的口味';
    case 'lately':
      return '它与你最近的选择相近';
    case 'era':
      return `它来自你喜欢的${around(reason.year)}前后`;
    case 'popular':
      return '很多人选择它';
    case 'well_rated':
      return '它的评分很高';
    case 'new':
      return '它很新';
    case 'company':
      return '与你喜好相同的人也喜欢它';
    case 'went_on':
      return '别人在你喜欢的作品之后选了它';
    case 'start':
      return '在 Curio 了解你之前，不妨从它开始';
  }
}

const acts: Record<Extract<Action, string>, string> = {
  view: '看了看',
  open: '打开',
  want: '想要',
  like: '喜欢',
  dislike: '不喜欢',
  finish: '看完',
  abandon: '半途放下',
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
    case 'reset':
      return '重置配比';
    case 'undo':
      return '撤销';
  }
}

export const zh: Messages = {
  format: f,
  language: '简体中文',
  signals,
  kinds,

  app: {
    starting: '正在打开你的书架',
    close: '关闭',
    cancel: '取消',
    retry: '再试一次',
    skip: '跳到列表',
    internal: 'Curio 内部出了问题。',
    notices: '打开数据时',
  },

  nav: {
    label: 'Curio',
    for_you: '为你推荐',
    search: '搜索',
    mix: '你的配比',
    activity: '记录',
    import: '导入',
    settings: '设置',
    help: '键盘',
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
    file: '导入 CSV 文件',
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
    surprise_about: '尝试尚无把握之物的程度；换新列表时会再试别的',
    refresh: '换新列表',
    loading: '正在为你排列',
    empty: '书架还是空的',
    empty_about: '导入一份目录，或者先在示例书架里逛逛。',
    none: '这里没有可推荐的了',
    none_about: '这一类你都看过了。换一类，或者再导入一些。',
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

  reason: (reasons) => {
    const [first, second] = reasons;
    if (!first) return '';
    if (first.because === 'start') return `${clause(first)}。`;
    const also = second && second.because !== 'start' ? `，而且${clause(second)}` : '';
    return `因为${clause(first)}${also}。`;
  },

  common: (reasons) => {
    const parts = reasons.slice(0, 2).map((reason): string => {
      switch (reason.because) {
        case 'liked':
          return `与${titled(reason.item.title)}相近`;
        case 'creator':
          return `都出自${last(reason.name)}`;
        case 'person':
          return `都有${last(reason.name)}`;
        case 'genre':
          return `都属于${quoted(reason.name)}`;
        case 'tags':
          return `都与${f.list(reason.names.map(quoted))}有关`;
        case 'language':
          return `都用${last(f.language(reason.name))}`;
        case 'era':
          return `都来自${around(reason.year)}前后`;
        case 'company':
          return '被同样的人喜欢';
        case 'went_on':
          return '常被接连选择';
        default:
          return '内容相近';
      }
    });
    return parts.length > 0 ? `${parts.join('，')}。` : '';
  },

  ribbon: {
    part: (signal, share) => `${signals[signal].name} ${f.percent(share)}`,
    label: (parts) => `推荐它的理由：${parts.join('，')}`,
    empty: '目前还没有支持或反对它的理由',
  },

  why: {
    title: '为什么推荐？',
    lead: '分数正好是下面各项之和。每一项都是你的配比对一种信号的看法。',
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
    unit: '数字表示影响：权重乘以藏品在这种信号上的差异。',
    pulls: (pull) => `影响 ${pull}`,
    idle: '还没有依据',
    weight: '权重',
    set: (signal) => `手动设定${called(signal)}的权重`,
    start: (weight) => `起始值 ${weight}`,
    pinned: '手动设定',
    unpin: '恢复自动学习',
    reset: '重置配比',
    reset_about: '所有权重回到起始值，手动设定全部取消。你的喜好会保留，这一步也可以撤销。',
    loading: '正在称量',
    up: '上升',
    down: '下降',
    open: '手动调整',
  },

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
    undo: '撤销',
    undone: (title) =>
      title === null ? '已撤销，就像从未发生过。' : `已撤销：${titled(title)}，就像从未发生过。`,
  },

  search: {
    label: '搜索你的书架',
    placeholder: '标题、人名，或者内容',
    title: (query) => `“${f.apart(query)}”的搜索结果`,
    count: (n) => `${f.number(n)} 个结果`,
    searching: '正在搜索',
    begin: '按标题、人名，或者用自己的话搜索',
    begin_about: '边输入边出结果，并说明为什么匹配。',
    none: (query) => `没有与“${f.apart(query)}”匹配的结果`,
    none_about: '试试少用几个词、换一种写法，或者描述它讲了什么。',
    matched: (where) => {
      const names: Record<Matched, string> = {
        title: '标题',
        people: '人名',
        tags: '类型或标签',
        description: '简介',
        meaning: '含义',
      };
      return `匹配之处：${f.list(where.map((part) => names[part]))}`;
    },
  },

  item: {
    by: '创作者',
    with: '参与者',
    genres: '类型',
    tags: '标签',
    languages: '语言',
    countries: '国家或地区',
    year: '年份',
    popularity: '选过的人数',
    rating: '评分',
    price: '价格',
    stock: '库存',
    key: '标识',
    similar: '与它相近',
    no_similar: '没有找到相近的。',
    no_description: '目录里没有它的简介。',
    of_five: (value) => `${value} / 5`,
    filled: '估算',
    loading: '正在取来',
    closeness: (share) => `相近 ${f.percent(share)}`,
  },

  activity: {
    title: '记录',
    lead: '你做过的一切，最新的在前。撤销其中一条后，列表和配比就像它从未发生过。',
    empty: '还没有记录',
    empty_about: '你喜欢、不喜欢、评分或手动设定的，都会出现在这里。',
    undone: '已撤销',
    undo: (what) => `撤销：${what}`,
    loading: '正在打开记录',
    more: '显示更多',
  },

  import: {
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
    progress: (done, total) =>
      total === null ? `${f.number(done)} 行` : `${f.number(done)} / ${f.number(total)}`,
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
  },

  profiles: {
    title: '档案',
    lead: '每份档案都有自己的喜好、配比和列表。',
    switch: (name) => `当前档案：${f.apart(name)}。切换`,
    current: '使用中',
    entries: (n) => `${f.number(n)} 条有效记录`,
    add: '新建档案',
    name: '名字',
    save: '保存',
    rename: (name) => `重命名 ${f.apart(name)}`,
    remove: (name) => `删除 ${f.apart(name)}`,
    sure: (name) => `删除 ${f.apart(name)} 以及学到的一切？`,
    sure_about: '这份档案的喜好、记录和配比都会删除，无法撤销。',
    yes: '永久删除',
  },

  settings: {
    title: '设置',
    look: '外观',
    language: '语言',
    theme: '主题',
    themes: { system: '跟随系统', light: '浅色', dark: '深色' },
    density: '疏密',
    densities: { comfortable: '舒适', compact: '紧凑' },
    data: '你的数据',
    folder: '数据文件夹',
    holds: (n, profiles, entries) =>
      `${f.number(n)} 件藏品，${f.number(profiles)} 份档案，各档案日志共 ${f.number(entries)} 条（含撤销和被撤销的）`,
    backup: '备份',
    backup_about: '把一切放进一个可以阅读、可以保存的文件。',
    restore: '恢复',
    restore_about: '用备份替换现在的内容。',
    restore_sure: '用这份备份替换现有内容？',
    restore_sure_about: (file) => `书架、所有档案和记录都将变成 ${f.apart(file)} 里的样子。`,
    export: '导出',
    export_about: '把目录和记录存成 CSV 文件，供其他程序使用。',
    written: (path, n, entries) =>
      `已写入 ${f.apart(path)}：${f.number(n)} 件藏品，${f.number(entries)} 条日志。`,
    restored: (n, entries) => `已恢复：${f.number(n)} 件藏品，${f.number(entries)} 条日志。`,
    encoder: '编码器',
    encoder_about: '在这台电脑上阅读简介的小型语言模型。',
    ready: (name, n) => `${f.apart(name)} 已就绪，读过 ${f.number(n)} 件藏品。`,
    not_ready: (name) => `${f.apart(name)} 未就绪。没有它列表仍可用，但不了解作品的内容。`,
    privacy: '隐私',
    privacy_points: [
      '你的喜好、记录、配比和搜索只保存在这台电脑的数据文件夹里；除非你写出备份、导出或口味文件，别处都没有。',
      '这个窗口不从网络加载任何东西，也没有建立网络连接的权限。',
      '没有账号，没有遥测，也不检查更新。',
      '数据文件夹没有加密：能读你文件的人就能读它。备份和导出也是普通文件。',
    ],
  },

  friends: {
    title: '朋友',
    lead: '朋友的喜好就像这里的又一份档案：谁与他们的看法越一致，他们的分量就越重。口味以文件的形式由你们自己转交，Curio 什么也不发送。',
    share: '分享口味',
    share_about: '写出一个可以交给朋友的文件。里面有下面填的名字，以及每一件热爱、喜欢或不喜欢的藏品：属于三者中的哪一种，以及它的标识、标题、年份、种类和创作者。不含日期、先后次序、星级和评语，也不含只看过、想要、隐藏或已撤销的。',
    whose: '档案',
    name: '文件中的名字',
    go: '分享',
    shared: (path, loved, liked, disliked) =>
      `已写入 ${f.apart(path)}：热爱 ${f.number(loved)} 件，喜欢 ${f.number(liked)} 件，不喜欢 ${f.number(disliked)} 件。`,
    add: '添加朋友',
    add_about: '读取朋友给你的口味文件。同名的朋友会被替换。',
    added: (name, replaced, by_key, by_title, missing) =>
      `${replaced ? '已替换同名的朋友' : '已添加'}${last(name)}。在这里找到：按标识 ${f.number(by_key)} 件，按标题、年份和创作者 ${f.number(by_title)} 件。另有 ${f.number(missing)} 件不在这里，会先留着，等目录里有了再算。`,
    none: '还没有朋友。',
    items: (n, known) => `${f.number(n)} 件藏品，其中 ${f.number(known)} 件在你的目录里`,
    tie: (name, agreement, common) =>
      `${f.apart(name)}：一致程度 ${f.signed(agreement, 2)}，依据双方都评判过的 ${f.number(common)} 件`,
    scale: '一致程度从 −1（看法全都相反）到 1（看法完全相同）。',
    remove: (name) => `移除${last(name)}`,
    removed: (name) => `已移除${last(name)}。`,
    sure: (name) => `移除${amid(name)}以及他们的喜好？`,
    sure_about: '所有列表都会像从未添加过他们一样。此前的备份和导出里仍有他们的口味；他们的文件可以再次添加。',
    yes: '移除',
  },

  keys: {
    title: '键盘',
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
    refresh: '换新列表',
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
    density: (name) => `疏密：${name}`,
    undo: '撤销上一步',
    refresh: '换新列表',
    file: '导入文件',
    help: '键盘快捷键',
  },

  deed,
  mark: act,
};
