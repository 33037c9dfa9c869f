/** 藏品地图，以及口味随时间的变化。 */
import type { Messages } from '../en';
import { f, nth, quoted } from './forms';
import { term } from './terms';

export const taste: Messages['taste'] = {
  title: '藏品地图',
  lead: '地图上相近的，含义也相近；颜色表示它在你的排序里有多靠前。最醒目的颜色聚在哪里，你的口味就在哪里。',
  kept: (share) => `纸面只有两个方向，含义却有几百个：这两个方向保留了文字差异的 ${f.percent(share)}，所以图上的邻居未必真的相近。`,
  sample: (n, of) => `${f.number(of)} 件藏品中均匀选取了 ${f.number(n)} 件，你做过选择的都在其中。`,
  loading: '正在铺开你的藏品',
  empty: '还没有可以铺开的。',
  empty_about: '地图按文字的含义安放藏品。等书架上有了语言模型读过的藏品，地图就会出现。',
  label: (n) => `${f.number(n)} 件藏品的地图`,
  hint: '把指针移到圆点上，或用方向键走到那个方向上最近的一件；回车打开，Home 回到排在最前的一件。',
  ahead: (place) => (place >= 0.9995 ? '在你的排序中居首' : `在你的排序中领先 ${f.percent(Math.min(0.99, place))} 的藏品`),
  scale: '在你的排序中：',
  low: '最后五分之一',
  high: '最前五分之一',
  shapes: { open: '还没选过', up: '喜欢或选过', down: '不喜欢或不感兴趣', seen: '看过' },
  ten: (n) => `排在最前的 ${f.number(n)} 件`,
  common: (parts, of) => `共同之处：${f.list(parts.map(({ name, count }) => `${quoted(term(name))}（${f.number(of)} 件中 ${f.number(count)} 件）`))}。`,
  nothing: '其中没有几件同属一种类型、出自同一个人或带同一个标签；它们相近的是含义。',
  comparing: '正在寻找它们的共同之处',
  at: nth,

  drift: {
    title: '你的变化',
    lead: '在每条有效记录之后：你的配比离起点有多远，你最近的选择与你喜欢过的一切有多相近。',
    loading: '正在从头回看你的记录',
    empty: '还没有变化。喜欢、评分或购买一些之后，这里会随之变化。',
    moved: '配比移动了多远',
    moved_about: '各种信号的影响自起步以来通常变化了多少；0 表示仍在起点。',
    moved_step: (at, value) => `${f.moment(at)}，自起步以来移动了 ${value}。`,
    settled: {
      few: '记录太少，还看不出是否稳定。',
      settled: '已经稳定：最近的记录几乎不再改变它。',
      moving: '仍在随你的选择移动。',
    },
    steady: '口味有多稳定',
    steady_about: '1 表示最近的选择与你喜欢过的一切如出一辙，0 表示毫不相干。',
    steady_step: (at, value) => `${f.moment(at)}，相近程度 ${value}。`,
    steadied: {
      same: '你最近的选择与一贯喜欢的很相近。',
      leaning: '你最近的选择有些偏离以往的喜好。',
      turning: '你最近的选择走向了另一边。',
    },
    figures: '列表有多宽',
    variety: '多样',
    variety_about: '就前十件而言：0% 表示十件都差不多，100% 表示毫无共同之处。',
    breadth: '类型',
    breadth_about: '前五十件覆盖到的类型，占书架上全部类型的比例。',
    coverage: '进过前十的',
    coverage_about: (shown) => `${shown}，在你某次选择之前进入过前十。`,
  },
};
