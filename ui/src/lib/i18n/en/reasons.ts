/** Reasons in English: sentences to whom a list is for, and short parts for whoever else reads it. */
import type { Reason } from '../../types';
import { f, upper, year } from './forms';
import { signals } from './signals';

function clause(reason: Reason): string {
  switch (reason.because) {
    case 'liked':
      return `you liked ${f.apart(reason.item.title)}`;
    case 'creator':
      return `it is by ${f.apart(reason.name)}, whose work you liked`;
    case 'person':
      return `${f.apart(reason.name)} took part, as in something you liked`;
    case 'genre':
      return `it is in a genre you like, ${f.apart(reason.name)}`;
    case 'tags':
      return `it shares ${f.list(reason.names.map((name) => f.apart(name)))} with what you liked`;
    case 'title':
      return `its title shares “${f.apart(reason.name)}” with something you chose lately`;
    case 'language':
      return `it is in ${f.apart(f.language(reason.name))}, like much of what you liked`;
    case 'meaning':
      return 'it is close to your taste as a whole';
    case 'lately':
      return 'it is close to what you chose lately';
    case 'era':
      return `it comes from around ${year(reason.year)}, years that you like`;
    case 'popular':
      return 'many people choose it';
    case 'well_rated':
      return 'it is rated highly';
    case 'new':
      return 'it came out lately';
    case 'newer':
      return 'it is newer than most of its kind here';
    case 'company':
      return 'others who like what you like also like it';
    case 'went_on':
      return 'others went on to it after what you liked';
    case 'most':
      return `“${signals[reason.signal].name}” counts most for it`;
    case 'start':
      return 'it is something to try: Curio cannot tell yet how well it suits you';
  }
}

/** A whole sentence from the first reasons, two unless more are asked for. */
export const reason = (reasons: readonly Reason[], most = 2) => {
  const [first] = reasons;
  if (!first) return '';
  if (first.because === 'start') return 'Something to try: Curio cannot tell yet how well it suits you.';
  const clauses = reasons.slice(0, most).filter(({ because }) => because !== 'start').map(clause);
  const last = clauses.length > 1 ? `, and ${clauses.pop()}` : '';
  return `Because ${clauses.join(', ')}${last}.`;
};

/** What two items have in common, as a sentence. */
export const common = (reasons: readonly Reason[]) => {
  const parts = reasons.slice(0, 2).map((reason): string => {
    switch (reason.because) {
      case 'liked':
        return `close to ${f.apart(reason.item.title)}`;
      case 'creator':
        return `both by ${f.apart(reason.name)}`;
      case 'person':
        return `${f.apart(reason.name)} in both`;
      case 'genre':
        return `same genre, ${f.apart(reason.name)}`;
      case 'tags':
        return `both tagged ${f.list(reason.names.map((name) => f.apart(name)))}`;
      case 'language':
        return `both in ${f.apart(f.language(reason.name))}`;
      case 'era':
        return `both from around ${year(reason.year)}`;
      case 'company':
        return 'liked by the same people';
      case 'went_on':
        return 'often one after the other';
      default:
        return 'close in meaning';
    }
  });
  return parts.length > 0 ? `${upper(parts.join('; '))}.` : '';
};

/** A reason in a few words, as it is of somebody's list or of what goes with a basket. */
function part(reason: Reason, whose: 'theirs' | 'basket'): string {
  const own = whose === 'theirs';
  switch (reason.because) {
    case 'liked':
      return `close to ${f.apart(reason.item.title)}`;
    case 'creator':
      return `by ${f.apart(reason.name)}`;
    case 'person':
      return `with ${f.apart(reason.name)}`;
    case 'genre':
      return `genre ${f.apart(reason.name)}`;
    case 'tags':
      return `tagged ${f.list(reason.names.map((name) => f.apart(name)))}`;
    case 'title':
      return `“${f.apart(reason.name)}” in its title`;
    case 'language':
      return `in ${f.apart(f.language(reason.name))}`;
    case 'meaning':
      return own ? 'close to their taste' : 'close in meaning';
    case 'lately':
      return own ? 'close to their latest choices' : 'close in meaning';
    case 'era':
      return `from around ${year(reason.year)}`;
    case 'popular':
      return 'chosen by many';
    case 'well_rated':
      return 'rated highly';
    case 'new':
      return 'out lately';
    case 'newer':
      return 'newer than most of its kind';
    case 'company':
      return own ? 'liked by others like them' : 'chosen along with it by others';
    case 'went_on':
      return own ? 'what others went on to' : 'what others chose next';
    case 'most':
      return `most of all: ${signals[reason.signal].name.toLowerCase()}`;
    case 'start':
      return own ? 'something to try' : 'nothing is known of what goes with it yet';
  }
}

const parts = (reasons: readonly Reason[], whose: 'theirs' | 'basket') =>
  upper([...new Set(reasons.map((reason) => part(reason, whose)))].slice(0, 2).join('; '));

/** Why something is in the list of another than the reader. */
export const theirs = (reasons: readonly Reason[]) => parts(reasons, 'theirs');
/** Why something goes with a basket. */
export const along = (reasons: readonly Reason[]) => parts(reasons, 'basket');
