/** 各种信号：处处所用的名字，以及它看的是什么。 */
import type { Signal } from '../../types';

export const signals: Record<Signal, { name: string; about: string }> = {
  meaning: { name: '合你的口味', about: '内容与你喜欢和不喜欢的一切相比，有多相近。' },
  meaning_lately: { name: '合你最近的口味', about: '内容与你最近的选择有多相近。' },
  nearest_liked: { name: '像你喜欢的某一件', about: '与你喜欢的作品中最接近它的那一个有多像。' },
  nearest_lately: { name: '像你最近喜欢的某一件', about: '与你最近喜欢的某一个有多像；越早的算得越少。' },
  nearest_disliked: { name: '像你不喜欢的某一件', about: '与你不喜欢的作品中最接近它的那一个有多像。' },
  theme: { name: '题材相近', about: '只看关键词和简介，与你喜欢的有多相近。' },
  genre: { name: '类型', about: '你喜欢的作品属于哪些类型。' },
  genre_beyond: { name: '比别人更爱的类型', about: '你比大多数人更喜欢的类型。' },
  genre_lately: { name: '最近的类型', about: '你最近选的作品属于哪些类型。' },
  people: { name: '同样的参与者', about: '演员、表演者等，在你喜欢的作品里出现过。' },
  people_lately: { name: '最近遇到的人', about: '你最近选的作品里的演员、创作者等。' },
  creator: { name: '同样的创作者', about: '你喜欢的作品的导演、作者、音乐人或制作者。' },
  keyword: { name: '相同的关键词', about: '与你喜欢的作品共有的关键词和标签。' },
  title_lately: { name: '标题里的词', about: '标题里有一个显眼的词，你最近选的作品标题里也有，像同一系列那样。' },
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
  newness: { name: '新近程度', about: '在目录的同类之中，它有多新。' },
  fresh: { name: '刚刚问世', about: '今年或不久前才问世。' },
  upcoming: { name: '尚未问世', about: '它的年份还没到。' },
  company_item: { name: '同好也喜欢', about: '喜欢你所爱的其他用户，也喜欢它。' },
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
export const called = (signal: Signal) => `“${signals[signal].name}”`;
