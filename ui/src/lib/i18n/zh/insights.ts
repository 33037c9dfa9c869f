/** 是否见效：从自己的记录看排序好不好，以及向这里的所有人学习。 */
import type { Range } from '../../insights';
import type { Messages } from '../en';
import { f } from './forms';

const between = ([low, high]: Range, said: (value: number) => string) => `95% 的把握在 ${said(low)} 与 ${said(high)} 之间`;
const likelier = (by: number) => `${by < 0 ? '降低' : '提高'}了 ${f.percent(Math.abs(by))}`;

export const insights: Messages['insights'] = {
  title: '推荐效果',
  lead: '它有用吗？在你每次选择之前，Curio 只凭你此前做过的事，为你还没选过的一切排序，再看你选的那一件排在哪里。',
  counted: (n, of) => `你的 ${f.number(n)} 次选择，每次都在 ${f.number(of)} 件藏品里找。`,
  unread: (n) => `有 ${f.number(n)} 件藏品语言模型还没读过，无法按含义比较。`,
  seen: '起始权重是从这里的记录学来的，其中可能也有这一份：因此它和你自己的权重可能显得比实际好。',
  loading: '正在从头回看你的记录，记录多时要等一会儿',
  again: '正在重新回看你的记录',
  empty: '还没有可以评判的',
  empty_about: '先喜欢、评分或购买一些。选满十次后，这里就能说出 Curio 为你排的是否胜过热门榜。',

  verdict: {
    both: '个性化排序胜出：Curio 为你排的比热门榜好，学习你自己的权重之后更好。',
    start: 'Curio 为你排的比热门榜好。学习你自己的权重，目前还没有胜出。',
    own: '学习你自己的权重有帮助，但 Curio 目前还没有胜过热门榜。',
    few: '个性化排序是否胜出，目前依据太少，还说不准。至少要十次选择，几十次更可靠。',
    behind: '个性化排序还没有胜出：到目前为止，热门榜更合你意。',
    even: '个性化排序还没有胜过热门榜：现有的差别可能只是偶然。',
  },

  ranker: {
    popularity: { name: '热门榜', about: '选的人最多的排在前面，对谁都一样' },
    start: { name: '起始权重', about: '你的口味，配上每份档案起步时的权重' },
    own: { name: '你自己的权重', about: '你的口味，配上随你每次选择调整的权重' },
  },
  scores: '各种排序的成绩',
  ranking: '排序方式',
  height: '排名得分',
  height_about: '“排名得分”是你所选的平均排得有多靠前：1 表示总在第一位，0 表示从未进入前十。',
  ten: '进入前十',
  times: (n, of) => `${f.number(of)} 次中 ${f.number(n)} 次`,
  breadth: '进过前十的',
  breadth_about: '“进过前十的”是曾经进入前十的不同藏品。',
  shown: (n, of) => `${f.number(of)} 件中 ${f.number(n)} 件`,

  gains: '排名得分的提升',
  gain: { start: '起始权重，与热门榜相比', own: '你自己的权重，与起始权重相比' },
  gained: (gain, range) => `${f.signed(gain, 3)}${range === null ? '' : `，${between(range, (value) => f.signed(value, 3))}`}`,
  sure: { wins: '排得更靠前', loses: '排得更靠后', chance: '可能只是偶然', few: '选择太少，说不准' },
  lower: '更靠后',
  higher: '更靠前',

  history: '不同阶段的排名得分',
  before: '此前记录',
  band: (from, to) => {
    if (to === null) return `${f.number(from)} 条及以上`;
    return from === to ? `${f.number(from)} 条` : `${f.number(from)}–${f.number(to)} 条`;
  },
  choices: '选择次数',
  no_choice: '没有选择',

  learn: {
    title: '向这里的所有人学习',
    about:
      '按这台电脑上所有档案的选择，重新拟合每份档案起步时的权重。其中一部分选择会留出来检验：只有对留出的选择预测得更好，而且不只是偶然，才会采用。之后各份配比都从新的起点重新学起；记录和手动设定的权重不变。',
    shipped: '每份档案都从 Curio 自带的权重起步。',
    learned: '每份档案都从在这里学到的权重起步。',
    go: '向所有人学习',
    again: '重新学习',
    forget: '忘掉学到的',
    working: '正在向这里的所有人学习',
    stopped: '已停止，什么都没有改变。',
    forgotten: '已忘掉。每份档案重新从 Curio 自带的权重起步。',
    outcome: {
      adopted: '已采用：它比原来的起点更能预测选择，而且不只是偶然。',
      few: '未采用：留出的选择太少，看不出是否更好。多选一些之后可以再试。',
      worse: '未采用：有的列表里，它预测得不如现在的起点。',
      chance: '未采用：它并不比现在的起点预测得更好，差别可能只是偶然。',
    },
    counts: (train, aside, test) =>
      `学习用了 ${f.number(train)} 次选择，评判用了留出的 ${f.number(aside)} 次，另用 ${f.number(test)} 次核对。`,
    scope: {
      alone: '只凭自己选择的列表',
      company: '也看别人喜欢什么的列表',
      in_order: '也看别人接着选了什么的列表',
    },
    foreseen: (by, range, check) => {
      const sure = range === null ? '选择太少，还不能确定' : between(range, (value) => `${f.signed(100 * value, 0)}%`);
      return `实际所选的，预测概率${likelier(by)}（${sure}）；核对时${likelier(check)}。`;
    },
    scales: (n) => `过去淡忘的快慢，以及各种行为的含义，也有 ${f.number(n)} 项作了调整。`,
  },
};
