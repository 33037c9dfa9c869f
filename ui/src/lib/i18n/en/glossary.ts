/** What the words of the program mean, for whoever asks: in plain sentences, with the name that others give it. */
import type { Scope } from '../../types';
import { f } from './forms';

const terms = {
  height:
    'For each of your choices: 1 if it stood in the first place, less the lower it stood, nothing below the tenth. This is the average. Researchers call it NDCG@10.',
  ten: 'How often what you chose stood among the first ten. Researchers call it hit rate or recall at ten.',
  breadth: 'How many different things stood among the first ten at some time: more means a more varied list. Researchers call it coverage.',
  start: 'The weights that every profile starts with. They stay as they are, whatever you do: fixed weights.',
  own: 'The weights as they move with each of your choices, or as you set them by hand: learned weights.',
  popularity: 'The things that most people chose come first, the same for everyone. A personal list has to do better than this to be worth having.',
  gain: 'How much higher what you chose stood. The line shows how far off that may be: if it does not touch the upright line, the gain is hardly chance. Researchers call it a 95% confidence interval.',
  history: 'The same figure for your early and your later choices: it should grow as Curio gets to know you.',
  weight:
    'How much a signal counts. A learned weight moves a little with each of your choices; one set by hand stays where you put it, until you leave it to learning again.',
  give: 'The coloured bar is the pull, to the right for and to the left against; one that is twice as long pulls four times as much, so that small ones can be seen too. The thin line over it shows how far off that may still be; it gets shorter as you choose.',
};

const scope: Record<Scope, string> = {
  alone: 'Your list uses only your own choices and your catalogue, nobody else’s.',
  company: 'Your list also uses what other profiles here and friends like, but not in which order they came to it.',
  in_order: 'Your list also uses what other profiles took up one after the other.',
};

const scopes: Record<Scope, string> = { alone: 'alone', company: 'in company', in_order: 'in order' };

export const glossary = {
  what: (name: string) => `What does ${f.apart(name)} mean?`,
  terms,
  scope,
  scopes,
};

export type Term = keyof typeof terms;
