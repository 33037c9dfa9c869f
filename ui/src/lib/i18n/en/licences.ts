/** What Curio is made of, and under which terms. */
import { things } from './forms';

export const licences = {
  title: 'Licences',
  lead: 'Curio is yours under the MIT or the Apache 2.0 licence, as you like. It is made of the work of many others, each under terms of its own.',
  show: 'Show licences',
  loading: 'Getting the licences out',
  find: 'Find by name or licence',
  count: (n: number) => things(n, 'part', 'parts'),
  none: 'No part has that name or licence',
  text: (name: string) => `Licence of ${name}`,
  from: {
    crate: 'Program',
    package: 'Window',
    font: 'Font',
    model: 'Language model',
    runtime: 'Runs the language model',
  },
};
