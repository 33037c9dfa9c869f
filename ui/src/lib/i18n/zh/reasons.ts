/** 推荐的缘由：写给列表主人的整句，以及给旁人看的短语。 */
import type { Reason } from '../../types';
import type { Messages } from '../en';
import { amid, around, f, last, quoted, titled } from './forms';
import { signals } from './signals';
import { term } from './terms';

function clause(reason: Reason): string {
  switch (reason.because) {
    case 'liked':
      return `你喜欢${titled(reason.item.title)}`;
    case 'creator':
      return `它出自你喜欢的${last(reason.name)}`;
    case 'person':
      return `有${amid(reason.name)}参与，你喜欢的作品里也有`;
    case 'genre':
      return `你喜欢${quoted(term(reason.name))}这一类`;
    case 'tags':
      return `它和你喜欢的作品都与${f.list(reason.names.map((name) => quoted(term(name))))}有关`;
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
      return '很多人选过它';
    case 'well_rated':
      return '它的评分很高';
    case 'new':
      return '它是近期新作';
    case 'newer':
      return '它比这里的多数同类都新';
    case 'company':
      return '与你喜好相同的人也喜欢它';
    case 'went_on':
      return '别人在你喜欢的作品之后选了它';
    case 'most':
      return `它的得分里“${signals[reason.signal].name}”占得最多`;
    case 'start':
      return '不妨一试，Curio 还说不准它合不合你的口味';
  }
}

export const reason: Messages['reason'] = (reasons, most = 2) => {
  const [first] = reasons;
  if (!first) return '';
  if (first.because === 'start') return `${clause(first)}。`;
  const clauses = reasons.slice(0, most).filter(({ because }) => because !== 'start').map(clause);
  const last = clauses.length > 1 ? `，而且${clauses.pop()}` : '';
  return `因为${clauses.join('，')}${last}。`;
};

export const common: Messages['common'] = (reasons) => {
  const parts = reasons.slice(0, 2).map((reason): string => {
    switch (reason.because) {
      case 'liked':
        return `与${titled(reason.item.title)}相近`;
      case 'creator':
        return `都出自${last(reason.name)}`;
      case 'person':
        return `都有${last(reason.name)}`;
      case 'genre':
        return `都属于${quoted(term(reason.name))}`;
      case 'tags':
        return `都与${f.list(reason.names.map((name) => quoted(term(name))))}有关`;
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
};

/** 一个缘由的短语：出现在别人的列表里，或与一篮东西相配时。 */
function part(reason: Reason, whose: 'theirs' | 'basket'): string {
  const own = whose === 'theirs';
  switch (reason.because) {
    case 'liked':
      return `与${titled(reason.item.title)}相近`;
    case 'creator':
      return `出自${last(reason.name)}`;
    case 'person':
      return `有${amid(reason.name)}参与`;
    case 'genre':
      return `属于${quoted(term(reason.name))}`;
    case 'tags':
      return `与${f.list(reason.names.map((name) => quoted(term(name))))}有关`;
    case 'title':
      return `标题里有${quoted(reason.name)}`;
    case 'language':
      return `用${last(f.language(reason.name))}`;
    case 'meaning':
      return own ? '合其口味' : '内容相近';
    case 'lately':
      return own ? '与其最近的选择相近' : '内容相近';
    case 'era':
      return `来自${around(reason.year)}前后`;
    case 'popular':
      return '很多人选择';
    case 'well_rated':
      return '评分很高';
    case 'new':
      return '近期新作';
    case 'newer':
      return '比多数同类新';
    case 'company':
      return own ? '喜好相同的人也喜欢' : '常与它们一同被选';
    case 'went_on':
      return own ? '别人随后选了它' : '别人接着选了它';
    case 'most':
      return `主要因为“${signals[reason.signal].name}”`;
    case 'start':
      return own ? '不妨一试' : '还不知道什么与它们相配';
  }
}

const parts = (reasons: readonly Reason[], whose: 'theirs' | 'basket') =>
  [...new Set(reasons.map((reason) => part(reason, whose)))].slice(0, 2).join('，');

export const theirs: Messages['theirs'] = (reasons) => parts(reasons, 'theirs');
export const along: Messages['along'] = (reasons) => parts(reasons, 'basket');
