import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { BehaviourChange } from '../../source/practice/behaviour.ts';
import { answersFor, type Machine, newMachine } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { storedCredentials } from '../support/keyring-items.ts';
import { key, type OpenedTerminal } from '../support/terminal.ts';
import { pasteSecret, restored, takeTheEnvironment, typeTheAddress } from './support/typing.ts';

const signals = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 143],
] as const;
const forEver = 60_000;

describeWithKeyring('the wizard interrupted', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await newMachine();
    await machine.setUp('staging', machine.practice.keys.member.reveal());
  });
  afterAll(() => machine[Symbol.asyncDispose]());
  afterEach(() => machine.practice.control.behave({ failures: [] }));

  const snapshot = () => ({ config: machine.config(), stored: storedCredentials(machine.keyring.env) });
  const slow = (failure: { readonly path?: string; readonly skip?: number } = {}): BehaviourChange => ({
    failures: [{ kind: 'slow', ms: forEver, ...failure }],
  });
  const setUpByAnswers = () =>
    machine.start(
      ['setup', '--json', '--answers', machine.writeAnswers(answersFor(machine.practice.url, 'development'))],
      { env: { NEW_KEY: machine.practice.keys.viewer.reveal() } },
    );

  it.each<[string, (terminal: OpenedTerminal) => Promise<unknown>]>([
    ['the first question', takeTheEnvironment],
    ['the question for the key', terminal => typeTheAddress(terminal, machine.practice.url)],
  ])('at %s leaves everything as it was', async (_, go) => {
    const before = snapshot();
    for (const [signal, exitCode] of signals) {
      await using terminal = machine.open(['setup']);
      await go(terminal);
      terminal.signal(signal);
      expect((await terminal.exited).exitCode).toBe(exitCode);
      expect(terminal.modes()).toEqual(restored);
    }
    await using terminal = machine.open(['setup']);
    await go(terminal);
    terminal.type(key.ctrl('c'));
    expect((await terminal.exited).exitCode).toBe(130);
    expect(terminal.modes()).toEqual(restored);
    expect(snapshot()).toEqual(before);
  });

  it.each(signals)('by %s while the key is tried leaves everything as it was', async (signal, exitCode) => {
    const before = snapshot();
    machine.practice.control.behave(slow());
    await using running = setUpByAnswers();
    await running.line(/"step-started","id":"key.verify"/);
    running.signal(signal);
    const ended = await running.ended;
    expect(ended).toMatchObject({ exitCode, signal: null });
    expect(JSON.parse(ended.stdout.trimEnd().split('\n').at(-1) ?? '')).toHaveProperty('error');
    expect(snapshot()).toEqual(before);
  });

  it.each(signals)('by %s after the key was stored takes it out again', async (signal, exitCode) => {
    const before = snapshot();
    // The first look at the key passes; the one that ticks the checklist, after the key was stored, hangs.
    machine.practice.control.behave(slow({ path: '/v1/me', skip: 1 }));
    await using running = setUpByAnswers();
    await running.line(/"step-done","id":"key.store"/);
    expect(storedCredentials(machine.keyring.env)).toHaveLength(before.stored.length + 1);
    running.signal(signal);
    const ended = await running.ended;
    expect(ended).toMatchObject({ exitCode, signal: null });
    expect(ended.stdout).toMatch(
      /"step-undone","id":"key.store"[\s\S]*"step-undone","id":"profile.register"/,
    );
    expect(snapshot()).toEqual(before);
  });

  it('by Ctrl+C in a step is told so on the screen, and typed ahead is not shown', async () => {
    const before = snapshot();
    machine.practice.control.behave(slow());
    await using terminal = machine.open(['setup']);
    await typeTheAddress(terminal, machine.practice.url);
    await pasteSecret(terminal, machine.practice.keys.viewer.reveal());
    await terminal.waitFor(/Ask 127/);
    terminal.type('typed ahead');
    terminal.type(key.ctrl('c'));
    expect((await terminal.exited).exitCode).toBe(130);
    expect(terminal.modes()).toEqual(restored);
    expect(terminal.raw().includes('typed ahead')).toBe(false);
    expect(snapshot()).toEqual(before);
  });
});
