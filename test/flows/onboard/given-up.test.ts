import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PracticeServer, startPractice } from '../../../source/practice/practice.ts';
import { back } from '../../flow/support/front-end.ts';
import { aKey } from '../../support/install.ts';
import { atUrl, NewMachine, nothing } from '../support/new-machine.ts';

let server: PracticeServer;
beforeAll(async () => {
  server = await startPractice();
});
afterAll(() => server.close());

let machine: NewMachine;
beforeEach(() => {
  machine = new NewMachine(server);
  server.control.behave({ failures: [] });
  return () => machine[Symbol.dispose]();
});

describe('onboarding with a keychain in trouble', () => {
  it('ends in that trouble where the person stops', async () => {
    machine.trouble = 'locked';
    const { outcome, asked } = await machine.setUp(['stop']);
    expect(outcome).toMatchObject({ type: 'failed', error: { code: 'keychain-locked', exitCode: 4 } });
    expect(asked).toEqual(['keychain.trouble']);
  });

  it('tries again once it was mended', async () => {
    machine.trouble = 'unavailable';
    const mend = () => {
      machine.trouble = undefined;
      return { type: 'answer', raw: 'retry' } as const;
    };
    const { outcome } = await machine.setUp([mend, ...atUrl('staging', server, server.keys.viewer)]);
    expect(outcome.type).toBe('finished');
  });
});

describe('onboarding that is given up', () => {
  const replies = () => [
    'other',
    'sandbox',
    'url',
    server.url,
    'reader',
    'paste',
    aKey('z').reveal(),
    server.keys.personal.reveal(),
  ];

  it('at any question leaves nothing', async () => {
    for (let given = 0; given <= replies().length; given += 1) {
      const { outcome, asked } = await machine.setUp(replies().slice(0, given));
      expect(outcome.type).toBe('cancelled');
      expect(asked).toHaveLength(given + 1);
      expect(machine.standing).toEqual(nothing);
    }
  });

  it('during any step leaves nothing, or, once the key is in place, everything', async () => {
    const whole = await machine.setUp(atUrl('staging', server, server.keys.viewer));
    const straight = machine.standing;
    const steps = whole.events.filter(({ type }) => type === 'step-started').length;
    for (let nth = 1; nth <= steps; nth += 1) {
      using other = new NewMachine(server);
      let started = 0;
      let isKept = false;
      const { outcome } = await other.setUp(atUrl('staging', server, server.keys.viewer), {
        watch: (event, interrupt) => {
          if (event.type === 'kept') isKept = true;
          if (event.type === 'step-started' && ++started === nth) interrupt();
        },
      });
      expect(outcome.type).toBe('cancelled');
      expect(other.standing).toEqual(isKept ? straight : nothing);
    }
  });

  it('after going back and forth leaves what the straight way leaves', async () => {
    using other = new NewMachine(server);
    await other.setUp(atUrl('staging', server, server.keys.viewer));
    const { outcome } = await machine.setUp([
      'development',
      'us',
      back,
      back,
      'staging',
      'practice',
      back,
      'url',
      server.url,
      back,
      back,
      back,
      'staging',
      'url',
      server.url,
      'reader, writer',
      'make',
      back,
      back,
      'reader',
      'paste',
      server.keys.viewer.reveal(),
    ]);
    expect(outcome.type).toBe('finished');
    expect(machine.standing).toEqual(other.standing);
  });
});
