import { describe, expect, it } from 'vitest';
import { CastkeysError } from '../../../source/errors.ts';
import { ask, badge, type Flow, keep, note, step } from '../../../source/flow/flow.ts';
import { scripted } from '../../../source/frontends/scripted/scripted.ts';
import { Secret } from '../../../source/keychain/secret.ts';
import { canary, key, name, unattended } from './support/unattended.ts';

describe('what is printed', () => {
  function* story(): Flow<string> {
    yield* badge({ profile: 'dev' });
    const pasted = yield* ask(key);
    yield* step({
      id: 'store',
      title: 'Store it',
      run: ({ progress }) => progress('half-way'),
      summary: () => 'stored',
      undo: () => {},
    });
    yield* note('Almost done.', 'success');
    yield* keep();
    yield* ask(name);
    return pasted.reveal();
  }
  const given = { answers: { key: { env: 'K' }, name: 'ann' }, env: { K: canary } } as const;

  it('in words is a line for each thing that happens', async () => {
    const { lines } = await unattended(story, given);
    expect(lines).toEqual([
      'A story',
      '  Key? ••••••••',
      '… Store it',
      '✓ stored',
      '  Almost done.',
      '  Name? ann',
    ]);
  });

  it('in JSON is an event a line, each of its own type, the end last', async () => {
    const { lines } = await unattended(story, { ...given, json: true });
    const events = lines.map(line => JSON.parse(line));
    expect(events.map(({ type }) => type)).toEqual([
      'started',
      'badge',
      'asked',
      'answered',
      'step-started',
      'step-progress',
      'step-done',
      'noted',
      'kept',
      'asked',
      'answered',
      'finished',
    ]);
    expect(events[2]).toEqual({ type: 'asked', question: { id: 'key', kind: 'secret', message: 'Key?' } });
    expect(events.at(-1)).toEqual({ type: 'finished', outcome: 'finished' });
  });

  it.each([true, false])('never holds a secret (JSON: %s)', async json => {
    const fallback = { label: 'the practice key', secret: new Secret(canary) };
    const failing = step({ id: 'fail', title: 'Fail', run: () => Promise.reject(new Error('no')) });
    for (const flow of [story, () => ask({ ...key, fallback }), () => failing]) {
      const { lines } = await unattended<unknown>(flow, { ...given, json });
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.join('\n')).not.toContain(canary);
    }
  });

  it('of a failure in JSON has its code, what happened and what to do', async () => {
    const error = new CastkeysError(
      'keychain-locked',
      'The keychain is locked. Nothing was changed.',
      'unlock it',
    );
    function* failing(): Flow<void> {
      yield* step({
        id: 'undoable',
        title: 'Do',
        run: () => {},
        undo: () => {
          throw new Error('too late');
        },
      });
      yield* step({ id: 'fail', title: 'Fail', run: () => Promise.reject(error) });
    }
    const { lines } = await unattended(failing, { json: true });
    const told = { code: 'keychain-locked', message: error.message, next: 'unlock it' };
    expect(lines.slice(-3).map(line => JSON.parse(line))).toEqual([
      { type: 'step-failed', id: 'fail', error: told },
      { type: 'undo-failed', id: 'undoable', error: { code: 'failed', message: 'too late' } },
      { type: 'finished', outcome: 'failed', error: told },
    ]);
    expect((await unattended(failing)).lines.slice(-2)).toEqual([
      `✗ ${error.message}`,
      '✗ could not be taken back: undoable: too late',
    ]);
  });

  it('of a check is told when its state changes, and in words only once it is known', () => {
    const lines: string[] = [];
    const { show } = scripted({
      answers: {},
      env: {},
      json: false,
      yes: false,
      print: line => void lines.push(line),
    });
    const check = { id: 'keychain', title: 'Keys are in the keychain', evidence: 'wrote and read' } as const;
    for (const state of ['unknown', 'measuring', 'pass', 'pass', 'fail'] as const) {
      show({ type: 'check', check: { ...check, state } });
    }
    expect(lines).toEqual([
      '  ✓ Keys are in the keychain: wrote and read',
      '  ✗ Keys are in the keychain: wrote and read',
    ]);
  });
});
