/** 目录里常见的类型和标签在中文里的叫法；不认识的词保持原样。 */

const terms: Record<string, string> = {
  // 类型
  abstract: '抽象棋', action: '动作', adventure: '冒险', animation: '动画', arcade: '街机', ballet: '芭蕾', ballad: '民谣',
  baroque: '巴洛克', biography: '传记', blues: '布鲁斯', board: '桌面棋盘', bookbinding: '装帧', business: '商业',
  calligraphy: '书法', card: '纸牌', chamber: '室内乐', children: '儿童', "children's": '儿童', choral: '合唱', classic: '经典',
  classical: '古典', classics: '经典', comedy: '喜剧', comics: '漫画', 'coming of age': '成长', contemporary: '当代', cooking: '烹饪',
  country: '乡村', crime: '犯罪', dance: '舞曲', dice: '骰子', documentary: '纪录片', drama: '剧情', dystopia: '反乌托邦',
  electronic: '电子', epic: '史诗', essay: '随笔', essays: '随笔', family: '家庭', fantasy: '奇幻', fiction: '小说',
  'film-noir': '黑色电影', 'film noir': '黑色电影', folk: '民谣', 'folk tales': '民间故事', funk: '放克', gospel: '福音', gothic: '哥特',
  'graphic novels': '图像小说', 'hip hop': '嘻哈', 'hip-hop': '嘻哈', historical: '历史', 'historical fiction': '历史小说', history: '历史',
  horror: '恐怖', humor: '幽默', humour: '幽默', imax: 'IMAX', indie: '独立', ink: '墨水', jazz: '爵士', 'knitting tools': '编织工具',
  literature: '文学', magic: '魔法', manga: '漫画', march: '进行曲', memoir: '回忆录', metal: '金属', music: '音乐',
  musical: '歌舞', mystery: '悬疑', needlework: '针线', nonfiction: '非虚构', 'non-fiction': '非虚构', notebooks: '笔记本', novel: '长篇小说',
  opera: '歌剧', painting: '绘画', paper: '纸张', party: '聚会', pens: '笔', philosophy: '哲学', piano: '钢琴',
  platform: '平台', poetry: '诗歌', politics: '政治', pop: '流行', psychology: '心理', punk: '朋克', puzzle: '解谜',
  racing: '竞速', ragtime: '拉格泰姆', rap: '说唱', reference: '工具书', reggae: '雷鬼', religion: '宗教', 'r&b': '节奏布鲁斯',
  rock: '摇滚', 'role-playing': '角色扮演', rpg: '角色扮演', romance: '爱情', romantic: '浪漫派', satire: '讽刺', science: '科学',
  'science fiction': '科幻', 'sci-fi': '科幻', 'self help': '自助', shooter: '射击', short: '短片', 'short stories': '短篇小说',
  silent: '默片', simulation: '模拟', song: '歌曲', soul: '灵魂乐', soundtrack: '原声', sport: '体育', sports: '体育',
  strategy: '策略', suspense: '悬念', swing: '摇摆', symphony: '交响曲', tango: '探戈', tea: '茶', teaware: '茶具',
  thriller: '惊悚', travel: '旅行', 'tv movie': '电视电影', war: '战争', western: '西部', word: '文字', yarn: '毛线', 'young adult': '青少年',
  // 标签
  adultery: '外遇', ambition: '野心', animals: '动物', antiquity: '古代', aristocracy: '贵族', battle: '战斗', betrayal: '背叛',
  bidding: '叫牌', 'big band': '大乐队', birds: '鸟', bluffing: '虚张声势', building: '建造', calm: '宁静', capture: '吃子',
  castle: '城堡', chase: '追逐', childhood: '童年', 'chinese traditional': '中国传统音乐', choir: '合唱团', cinema: '电影', city: '城市',
  class: '阶级', 'class struggle': '阶级斗争', concerto: '协奏曲', corruption: '腐败', counterpoint: '对位', countryside: '乡间', death: '死亡',
  detective: '侦探', diary: '日记', disguise: '乔装', downfall: '没落', dream: '梦', economics: '经济', escape: '逃脱', faith: '信仰',
  'fairy tale': '童话', farewell: '告别', 'femme fatale': '蛇蝎美人', festival: '节日', flowers: '花', 'forbidden love': '禁忌之恋',
  'four players': '四人', freedom: '自由', friendship: '友谊', gambling: '赌博', garden: '花园', government: '政府', grief: '哀伤',
  guilt: '罪疚', guitar: '吉他', 'hidden information': '隐藏信息', 'high score': '高分', 'home computer': '家用电脑', honour: '荣誉',
  hypocrisy: '虚伪', illness: '疾病', improvisation: '即兴', injustice: '不公', island: '岛屿', journey: '旅程', jumping: '跳跃', king: '国王',
  landlord: '地主', legend: '传说', logic: '逻辑', 'lost love': '失去的爱', love: '爱', 'love triangle': '三角恋', luck: '运气',
  madness: '疯狂', manor: '庄园', marriage: '婚姻', mathematics: '数学', melancholy: '忧郁', memory: '记忆', monster: '怪物',
  moonlight: '月光', motherhood: '母爱', murder: '谋杀', nature: '自然', 'new year': '新年', night: '夜晚', 'no luck': '不靠运气',
  nostalgia: '怀旧', 'old age': '晚年', orchestra: '管弦乐', orphan: '孤儿', outdoor: '户外', outlaw: '亡命徒', patriotism: '爱国',
  poverty: '贫穷', prejudice: '偏见', priest: '神父', prince: '王子', 'programme music': '标题音乐', rebellion: '反抗', revenge: '复仇',
  revolution: '革命', rhythm: '节奏', river: '河流', sacred: '圣乐', sacrifice: '牺牲', samurai: '武士', saxophone: '萨克斯', sea: '海',
  'sea voyage': '航海', 'short film': '短片', singing: '演唱', 'single player': '单人', skill: '技巧', slapstick: '闹剧', 'small town': '小镇',
  'solo instrument': '独奏', 'solo piano': '钢琴独奏', solitude: '孤独', space: '太空', speed: '速度', spring: '春天', spy: '间谍',
  'strange lands': '异乡', territory: '领地', theatre: '戏剧', tiles: '牌块', trading: '贸易', tragedy: '悲剧', train: '火车',
  'train journey': '火车旅行', trial: '审判', 'trick-taking': '吃墩', trumps: '王牌', 'two players': '双人', unemployment: '失业',
  variations: '变奏', village: '村庄', violin: '小提琴', virtuosity: '炫技', wandering: '流浪', wisdom: '智慧', winter: '冬天', wit: '机智',
  "women's lives": '女性生活', 'working class': '工人阶级', youth: '青春',
};

const known = new Map(Object.entries(terms));

/** 一种类型或一个标签在中文里的叫法。 */
export const term = (name: string): string => known.get(name.toLowerCase()) ?? name;
