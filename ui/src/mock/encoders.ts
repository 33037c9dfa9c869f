/** Toy encoders: listed, chosen, and read through at leisure. */
import type { Encoded, EncoderView, Status } from '../lib/types';
import type { Handlers } from './engine';
import { refuse } from './refusal';

type Encode = Parameters<Handlers['encode']>[0];

/** The encoders of a bench of so many items, of two texts each; `pause` waits so many milliseconds. */
export function encoding(items: () => number, pause: (ms: number) => Promise<unknown>) {
  const read = { multilingual: items() * 2, english: 0 };
  let halted = false;
  let serving: keyof typeof read = 'multilingual';
  let chosen: keyof typeof read = 'multilingual';

  function list(): EncoderView[] {
    const of = (name: 'multilingual' | 'english') => ({
      name, optional: false, installed: true, problem: null, chosen: name === chosen, serves: name === serving, encoded: read[name], texts: items() * 2,
    });
    return [
      { ...of('english'), about: 'English only, half the cost', licence: 'Apache-2.0', size: 23942655, texts_per_second: 46 },
      { ...of('multilingual'), about: 'about a hundred languages; the default', licence: 'MIT', size: 93568157, texts_per_second: 29 },
      {
        ...of('english'), name: 'english-full', about: 'the source in float32, to measure against', licence: 'Apache-2.0', size: 90733188,
        texts_per_second: null, optional: true, installed: false, chosen: false, serves: false, encoded: 0, problem: 'cannot encode: full.onnx is missing',
      },
    ];
  }

  function status(): Status['encoder'] {
    const total = items() * 2;
    return { name: serving, ready: true, problem: null, encoded: items(), making: read[chosen] < total ? { name: chosen, done: read[chosen], total } : null };
  }

  function choose(name: string): EncoderView[] {
    if (name !== 'multilingual' && name !== 'english') refuse(`no encoder called "${name}"`);
    chosen = name;
    if (read[chosen] === items() * 2) serving = chosen;
    return list();
  }

  async function encode({ onProgress }: Encode): Promise<Encoded> {
    halted = false;
    const total = items() * 2;
    const [was, before] = [serving, read[chosen]];
    while (read[chosen] < total && !halted) {
      await pause(60);
      read[chosen] = Math.min(total, read[chosen] + 8);
      onProgress.onmessage({ stage: 'encode', done: read[chosen], total });
    }
    const unencoded = total - read[chosen];
    if (unencoded === 0) serving = chosen;
    return { encoder: serving, switched: serving !== was, encoded: total - unencoded - before, unencoded, cancelled: unencoded > 0 };
  }

  return {
    list,
    status,
    choose,
    encode,
    stop: () => void (halted = true),
    /** Has the one that serves know all texts, as after an import. */
    whole: () => void (read[serving] = items() * 2),
  };
}
