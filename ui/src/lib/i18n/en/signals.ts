/** The signals: what each is called everywhere, and what it looks at. */
import type { Signal } from '../../types';

type SignalWords = { name: string; about: string };

export const signals: Record<Signal, SignalWords> = {
  meaning: {
    name: 'Close to your taste',
    about: 'How close its subject is to all that you liked, and how far from what you disliked.',
  },
  meaning_lately: {
    name: 'Close to your latest choices',
    about: 'How close its subject is to what you chose lately.',
  },
  nearest_liked: {
    name: 'Close to a favourite',
    about: 'How much it resembles the one thing you liked that is nearest to it.',
  },
  nearest_lately: {
    name: 'Close to a recent like',
    about: 'How much it resembles one thing you liked lately; older likes count less.',
  },
  nearest_disliked: {
    name: 'Close to a dislike',
    about: 'How much it resembles the one thing you disliked that is nearest to it.',
  },
  theme: {
    name: 'Same themes',
    about: 'How close its keywords and description are to what you liked.',
  },
  genre: { name: 'Genre', about: 'The genres of what you liked.' },
  genre_beyond: {
    name: 'Genre, more than others',
    about: 'The genres that you like more than most people do.',
  },
  genre_lately: {
    name: 'Genre, lately',
    about: 'The genres of what you chose lately.',
  },
  people: {
    name: 'With the same people',
    about: 'Cast, performers and others you met in what you liked.',
  },
  people_lately: {
    name: 'With people you met lately',
    about: 'Cast, makers and others of what you chose lately.',
  },
  creator: {
    name: 'By the same people',
    about: 'Directors, authors, artists and makers of what you liked.',
  },
  keyword: {
    name: 'Shared keywords',
    about: 'Keywords and tags it has in common with what you liked.',
  },
  title_lately: {
    name: 'Word in the title',
    about: 'A telling word in its title that what you chose lately also has, as parts of a series do.',
  },
  language: { name: 'Language', about: 'The languages of what you liked.' },
  era: { name: 'From years you like', about: 'How near its year is to what you liked.' },
  era_lately: {
    name: 'From your latest years',
    about: 'How near its year is to what you chose lately.',
  },
  era_now: {
    name: 'From the same year',
    about: 'How near its year is to the very last things you chose.',
  },
  popularity: {
    name: 'Popularity',
    about: 'How many people chose it, by your own catalogue.',
  },
  popularity_newcomer: {
    name: 'Popularity, to begin with',
    about: 'Popularity while Curio hardly knows you; it fades as you choose.',
  },
  popularity_lately: {
    name: 'As well known as your choices',
    about: 'Whether it is about as well known as what you chose lately.',
  },
  quality: { name: 'Ratings', about: 'How it is rated, by your own catalogue.' },
  quality_newcomer: {
    name: 'Ratings, to begin with',
    about: 'Ratings while Curio hardly knows you; they fade as you choose.',
  },
  quality_lately: {
    name: 'Rated as your choices are',
    about: 'Whether it is rated about as well as what you chose lately.',
  },
  newness: { name: 'Newness', about: 'How new it is among its kind in your catalogue.' },
  fresh: { name: 'Just out', about: 'It came out this year or shortly before.' },
  upcoming: { name: 'Not out yet', about: 'Its year is still to come.' },
  company_item: {
    name: 'Liked along with your likes',
    about: 'Other profiles that like what you like also like it.',
  },
  company_ease: {
    name: 'Company',
    about: 'What the likes of other profiles say together about yours.',
  },
  company_kindred: {
    name: 'Kindred profiles',
    about: 'What the profiles like whose verdicts agree most with yours.',
  },
  company_follows: {
    name: 'What others went on to',
    about: 'Other profiles went on to it after what you liked.',
  },
  company_next: {
    name: 'What others took up next',
    about: 'Other profiles took it up after what you chose lately, whether they liked it or not.',
  },
  company_beside: {
    name: 'Liked around the same time',
    about: 'Other profiles liked it shortly before or after what you chose lately.',
  },
  company_item_lately: {
    name: 'Along with your latest likes',
    about: 'Other profiles like it along with what you chose lately.',
  },
  company_ease_lately: {
    name: 'Company, lately',
    about: 'What the likes of other profiles say about your latest choices.',
  },
  company_seen_lately: {
    name: 'Taken up along with yours',
    about: 'What other profiles took up along with your latest choices, whether they liked it or not.',
  },
};

/** A signal inside a sentence: by the one name that it has everywhere. */
export const called = (signal: Signal) => `“${signals[signal].name}”`;
