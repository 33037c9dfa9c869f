/** The licences in the settings: everything that is shipped, found by name or licence, each text on demand. */
import { fireEvent, waitFor } from '@testing-library/dom';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

import { licences, meant } from '../src/lib/licences';
import { engine } from '../src/mock/engine';
import { all, at, open, press, seen } from './page';

it('lists every package that the interface is built with, each with a text', async () => {
  const { parts, texts } = await licences();
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> };
  for (const [name, version] of Object.entries(dependencies)) {
    const part = parts.find((one) => one.name === name);
    expect(part?.version, name).toBe(version);
  }
  for (const part of parts) {
    expect(part.texts.length, part.name).toBeGreaterThan(0);
    for (const text of part.texts) expect(texts[text]?.length, part.name).toBeGreaterThan(100);
  }
  expect(meant(parts, 'ONNX').map(({ name }) => name)).toContain('ONNX Runtime');
});

it('finds a part and unfolds its licence', async () => {
  await open(engine());
  await press('go-settings');
  await press('licences');
  const field = (await seen('licences-find')) as HTMLInputElement;
  expect(all('licence').length).toBeGreaterThan(100);
  expect(at('licences-sheet')!.querySelector('pre')).toBeNull();
  await fireEvent.input(field, { target: { value: 'ofl' } });
  await waitFor(() => expect(at('licences-count')!.textContent).toBe('2 parts'));
  const details = all('licence')[0]!.querySelector('details')!;
  details.open = true;
  await fireEvent(details, new Event('toggle'));
  await waitFor(() => expect(details.querySelector('pre')?.textContent).toMatch(/SIL OPEN FONT LICENSE/i));
  await fireEvent.input(field, { target: { value: 'no such thing' } });
  await waitFor(() => expect(at('licences-count')!.textContent).toBe('No part has that name or licence'));
});
