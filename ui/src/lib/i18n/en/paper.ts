/** A list on paper or in a file. */
import { f, items } from './forms';

export const paper = {
  print: 'Print',
  save: 'Save as CSV',
  file: 'curio-list.csv',
  saved: (file: string, n: number) => `Written to ${f.apart(file)}: ${items(n)}.`,
  columns: { title: 'Title', price: 'Price', stock: 'In stock', reason: 'Why' },
  basket: (titles: readonly string[]) => `With ${f.list(titles.map((title) => f.apart(title)))}`,
  prices: 'Price',
  out_of_range: 'Any price',
};
