/** What is fetched: it stays while it is asked for again, and only the latest question is answered. */
import { describe, expect, it } from 'vitest';

import { Fetched } from '../src/lib/state/fetched.svelte';

/** An answer that comes when it is told to. */
function later<T>() {
  let come: (value: T) => void = () => undefined;
  let refuse: (cause: unknown) => void = () => undefined;
  const answer = new Promise<T>((resolve, reject) => ([come, refuse] = [resolve, reject]));
  return { answer, come, refuse };
}

const stands = ({ value, busy, failure }: Fetched<string>) => [value, busy, failure?.message ?? null];
const refusal = { kind: 'user', message: 'the disk is full' };

describe('what is fetched', () => {
  it('is waited for, and stays while it is asked for again', async () => {
    const fetched = new Fetched<string>();
    expect(stands(fetched)).toEqual([null, false, null]);
    const [first, second] = [later<string>(), later<string>()];
    const taken = fetched.ask(first.answer);
    expect(stands(fetched)).toEqual([null, true, null]);
    first.come('one');
    expect(await taken).toBe(true);
    const again = fetched.ask(second.answer);
    expect(stands(fetched)).toEqual(['one', true, null]);
    second.come('two');
    await again;
    expect(stands(fetched)).toEqual(['two', false, null]);
  });

  it('outlives a refusal where the same was asked again, and is gone where every question is another', async () => {
    for (const [lasting, left] of [[true, 'one'], [false, null]] as const) {
      const fetched = new Fetched<string>(lasting);
      await fetched.ask(Promise.resolve('one'));
      expect(await fetched.ask(Promise.reject(refusal))).toBe(false);
      expect(stands(fetched)).toEqual([left, false, 'the disk is full']);
      await fetched.ask(Promise.resolve('two'));
      expect(stands(fetched)).toEqual(['two', false, null]);
    }
  });

  it('takes no answer that was overtaken, and makes nothing of it', async () => {
    const fetched = new Fetched<string>();
    const [first, second, third] = [later<string>(), later<string>(), later<string>()];
    const made: string[] = [];
    const make = (value: string) => (made.push(value), value);
    const asked = [first, second, third].map(({ answer }) => fetched.lay(answer, make));
    third.come('three');
    first.come('one');
    second.refuse(refusal);
    expect(await Promise.all(asked)).toEqual([false, false, true]);
    expect(made).toEqual(['three']);
    expect(stands(fetched)).toEqual(['three', false, null]);
  });

  it('is put and let go over whatever is under way, and changed beside it', async () => {
    const fetched = new Fetched<string>();
    await fetched.ask(Promise.resolve('one'));
    const late = later<string>();
    const taken = fetched.ask(late.answer);
    fetched.change((value) => `${value}, changed`);
    expect(stands(fetched)).toEqual(['one, changed', true, null]);
    fetched.put('put');
    late.come('late');
    expect(await taken).toBe(false);
    expect(stands(fetched)).toEqual(['put', false, null]);
    fetched.forget();
    fetched.change((value) => `${value}, changed`);
    expect(stands(fetched)).toEqual([null, false, null]);
  });
});
