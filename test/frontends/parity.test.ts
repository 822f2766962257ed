import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PracticeServer, startPractice } from '../../source/practice/practice.ts';
import { makeWebhookSecret } from '../../source/webhooks/webhooks.ts';
import { type Bundle, bundle } from '../support/bundle.ts';
import type { Answer } from './support/answering.ts';
import { playScripted, playTyped, type Result } from './support/parity.ts';

let program: Bundle;
let practice: PracticeServer;
let keys: Readonly<Record<'VIEWER' | 'MEMBER' | 'READONLY' | 'ADMIN' | 'WEBHOOK', string>>;
beforeAll(async () => {
  [program, practice] = await Promise.all([bundle('test/frontends/fixtures/parity.ts'), startPractice()]);
  const { viewer, member, readonly, admin } = practice.keys;
  keys = {
    VIEWER: viewer.reveal(),
    MEMBER: member.reveal(),
    READONLY: readonly.reveal(),
    ADMIN: admin.reveal(),
    WEBHOOK: makeWebhookSecret().reveal(),
  };
});
afterAll(async () => {
  await Promise.all([program[Symbol.asyncDispose](), practice.close()]);
});

const another: Answer = {
  id: 'environments',
  asks: 'Which environments',
  mark: 'another',
  numbers: [4],
  values: ['other'],
};
const named: Answer = { id: 'profile.name', asks: 'should the other profile be called', type: 'sandbox' };
const roles: Answer = {
  id: 'roles',
  asks: 'Which keys does sandbox need',
  mark: 'reader',
  numbers: [1],
  values: ['reader'],
};
const paste: Answer = {
  id: 'source.reader',
  asks: 'Where does the reader key',
  choose: 'Paste one',
  number: 1,
  value: 'paste',
};
const elsewhere: Answer = {
  id: 'profile.region',
  asks: 'In which region',
  choose: 'Another address',
  number: 4,
  value: 'url',
};
const production: Answer = {
  id: 'profile',
  asks: 'Which profile',
  choose: 'production',
  number: 2,
  value: 'production',
};
const address = (): Answer => ({ id: 'profile.url', asks: 'Address of the API', type: practice.url });
const pasted = (role: string, key: string): Answer => ({
  id: `key.${role}`,
  asks: `Paste the ${role} key`,
  paste: key,
});

describe('the same answers through every front end', () => {
  it('onboard the same key', async () => {
    const result = await playAll('onboard', [
      another,
      named,
      elsewhere,
      address(),
      roles,
      paste,
      pasted('reader', keys.VIEWER),
    ]);
    expect(result.config.activeProfile).toBe('sandbox');
    expect(held(result)).toContain('VIEWER');
  });

  it('add the same second key', async () => {
    const result = await playAll('add-key', [pasted('writer', keys.MEMBER)]);
    expect(held(result)).toContain('MEMBER');
  });

  it('keep the same webhook secret', async () => {
    const result = await playAll('webhook-secret', [
      {
        id: 'webhook.source',
        asks: 'Where does the webhook secret',
        choose: 'I have one',
        number: 2,
        value: 'paste',
      },
      { id: 'webhook.secret', asks: 'Paste the webhook secret', paste: keys.WEBHOOK },
    ]);
    expect(held(result)).toContain('WEBHOOK');
  });

  it('look at webhooks, and leave them', async () => {
    const done: Answer = {
      id: 'webhook.task',
      asks: 'What about the webhooks?',
      choose: 'Nothing more',
      number: 2,
      value: 'done',
    };
    await playAll('webhooks', [done]);
  });

  it('probe no endpoint elsewhere where somebody says no', async () => {
    const no: Answer = { id: 'probe.host', asks: 'Send genuine and forged webhooks to', yes: false };
    await playAll('probe-webhook', [no], 'failed');
  });

  it('switch to the same profile, production included', async () => {
    const sure: Answer = { id: 'production', asks: 'is PRODUCTION', yes: true };
    const result = await playAll('switch-profile', [production, sure]);
    expect(result.config.activeProfile).toBe('production');
  });

  it('leave everything as it is where somebody says no', async () => {
    const unsure: Answer = { id: 'production', asks: 'is PRODUCTION', yes: false };
    const result = await playAll('switch-profile', [production, unsure], 'failed');
    expect(result.config.activeProfile).toBe('development');
  });

  it('start the same command after a scan', async () => {
    const result = await playAll('after-scan', [
      {
        id: 'scan.next',
        asks: 'What now?',
        choose: 'Take keys out of files',
        number: 2,
        value: 'clean-up',
      },
    ]);
    expect(result.outcome).toMatchObject({ value: 'clean-up' });
  });

  it('look at everything before a rotation, and leave the key alone where somebody says no', async () => {
    const result = await playAll(
      'rotate',
      [{ id: 'rotate.start', asks: 'Rotate the development', yes: false }],
      'failed',
    );
    expect(JSON.stringify(result.events)).toMatch(/make the key castkeys\/development\/reader\/a rotation/);
    expect(held(result)).toContain('VIEWER');
  });

  it('remove the same profile with its key', async () => {
    const result = await playAll('remove', [
      { id: 'remove', asks: 'Remove the profile production', yes: true },
    ]);
    expect(Object.keys(result.config.profiles)).toEqual(['development']);
    expect(held(result)).not.toContain('READONLY');
  });
});

describe('what only a person does, in lines as on the full screen', () => {
  it('goes back to the question before and on again', async () => {
    const back: Answer = { ...elsewhere, press: 'escape' };
    const renamed: Answer = { ...named, press: 'escape' };
    const result = await playBoth('onboard', [
      another,
      named,
      back,
      renamed,
      another,
      named,
      elsewhere,
      address(),
      roles,
      paste,
      pasted('reader', keys.VIEWER),
    ]);
    expect(result.events.filter(event => isRewind(event))).toHaveLength(2);
    expect(Object.keys(result.config.profiles)).toEqual(['sandbox']);
  });

  it('is refused, in the same words', async () => {
    const wrong: Answer = { ...named, type: 'no name' };
    const result = await playBoth('onboard', [
      another,
      wrong,
      { ...named, after: 'A profile name starts', press: 'ctrl-c' },
    ]);
    expect(JSON.stringify(result.events)).toContain('refused');
    expect(result.outcome.type).toBe('cancelled');
  });

  it('cancels, and nothing is left', async () => {
    const leave: Answer = { ...pasted('writer', ''), press: 'ctrl-c' };
    const result = await playBoth('add-key', [leave]);
    expect(result.outcome.type).toBe('cancelled');
    expect(held(result)).not.toContain('MEMBER');
  });
});

/** Plays a flow through all three, and expects one result. */
async function playAll(flow: string, answers: readonly Answer[], ends = 'finished'): Promise<Result> {
  const [result, byScript] = await Promise.all([
    playBoth(flow, answers),
    playScripted(asPlay(flow, answers)),
  ]);
  expect(result.outcome.type).toBe(ends);
  expect(byScript).toEqual(result);
  return result;
}

/** Plays a flow in lines and on the full screen, and expects one result. */
async function playBoth(flow: string, answers: readonly Answer[]): Promise<Result> {
  const play = asPlay(flow, answers);
  const [byLines, byScreen] = await Promise.all([playTyped(play, 'linear'), playTyped(play, 'ink')]);
  expect(byLines.events.length).toBeGreaterThan(3);
  expect(byLines).toEqual(byScreen);
  return byLines;
}

function asPlay(flow: string, answers: readonly Answer[]) {
  return { program: program.program, flow, url: practice.url, keys, answers };
}

const held = ({ keychain }: Result): readonly string[] => keychain.map(([, holds]) => holds);

function isRewind(event: unknown): boolean {
  return JSON.stringify(event).includes('"rewound"');
}
