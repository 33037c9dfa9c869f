/** The long work in the rail's foot. */
import { f } from './forms';

export const tray = {
  label: 'In progress',
  begins: 'beginning',
  far: (share: string, left: string) => `${share}, ${left}`,
  open: (title: string, standing: string) => `${f.apart(title)}: ${standing}. Open`,
  stop: (title: string) => `Stop: ${f.apart(title)}`,
  ended: (title: string) => `Ended: ${f.apart(title)}.`,
};
