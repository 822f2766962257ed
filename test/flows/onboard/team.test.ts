/** A team's directory with keys lying about: several environments, keys taken in, made, or left for later. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PracticeServer, startPractice } from '../../../source/practice/practice.ts';
import { git, repository } from '../../checklist/support/repository.ts';
import type { Line } from '../../flow/support/front-end.ts';
import { someKey } from '../../plaintext/keys.ts';
import { NewMachine, nothing } from '../support/new-machine.ts';

let server: PracticeServer;
beforeAll(async () => {
  server = await startPractice({ behaviour: { bindingCreatedAfterMs: 50 } });
});
afterAll(() => server.close());

let machine: NewMachine;
beforeEach(() => {
  machine = new NewMachine(server);
  server.control.behave({ failures: [] });
  return () => machine[Symbol.dispose]();
});

const practising = (environments: string, ...lines: readonly Line[]): readonly Line[] => [
  environments,
  'practice',
  ...lines,
];
const lay = (name: string, content: string) => writeFileSync(machine.directory.at(name), content);
const laid = (name: string) => readFileSync(machine.directory.at(name), 'utf8');
const slots = () =>
  Object.fromEntries(
    Object.entries(machine.standing.profiles).map(([name, { slots: of }]) => [name, Object.keys(of)]),
  );

describe('a key that lies about', () => {
  it('is taken in where its name says it belongs, and goes from the file', async () => {
    const { viewer, member } = server.keys;
    lay('.env', `PORT=80\nCASTAI_READ_KEY=${viewer.reveal()}\nCASTAI_WRITE_KEY="${member.reveal()}"\n`);
    const { outcome, asked } = await machine.setUp(
      practising(
        'staging',
        'reader,writer',
        'import .env:2 CASTAI_READ_KEY',
        'import .env:3 CASTAI_WRITE_KEY',
        '',
        'reference',
      ),
    );
    expect(outcome.type).toBe('finished');
    expect(asked).not.toContain('staging.key.reader');
    expect(machine.standing.profiles).toMatchObject({
      staging: { slots: { reader: viewer.reveal(), writer: member.reveal() } },
    });
    expect(laid('.env')).toBe(
      'PORT=80\nCASTAI_READ_KEY=castkeys://staging/reader\nCASTAI_WRITE_KEY="castkeys://staging/writer"\n',
    );
  });

  it('is offered to the profile of its file, and to none after it was taken in', async () => {
    const { viewer, member } = server.keys;
    lay('.env.production', `CASTAI_API_KEY=${viewer.reveal()}\n`);
    lay('.env', `CASTAI_API_TOKEN=${member.reveal()}\n`);
    const { events } = await machine.setUp(
      practising('development,production', 'reader', 'reader', 'import .env:1 CASTAI_API_TOKEN'),
    );
    const offered = events.flatMap(event =>
      event.type === 'asked' && event.question.id.endsWith('source.reader') && 'choices' in event.question
        ? [event.question.choices.map(({ value }) => value).filter(value => value.startsWith('import'))]
        : [],
    );
    expect(offered).toEqual([
      ['import .env:1 CASTAI_API_TOKEN'],
      ['import .env.production:1 CASTAI_API_KEY'],
    ]);
  });

  it('that does not work leads back to where the key comes from, and stays in its file', async () => {
    const dead = someKey();
    lay('.env', `CASTAI_API_KEY=${dead}\n`);
    const { outcome } = await machine.setUp(
      practising('development', 'reader', 'import .env:1 CASTAI_API_KEY', 'paste', ''),
    );
    expect(outcome.type).toBe('finished');
    expect(machine.standing).toMatchObject({ values: 1 });
    expect(laid('.env')).toContain(dead);
  });

  it('is left alone where somebody says so, and comes back where the wizard is cancelled after all', async () => {
    const content = `CASTAI_API_KEY=${server.keys.viewer.reveal()}\n`;
    lay('.env', content);
    const lines = practising('development', 'reader', 'import .env:1 CASTAI_API_KEY');
    await machine.setUp([...lines, 'leave']);
    expect(laid('.env')).toBe(content);

    using other = new NewMachine(server);
    writeFileSync(other.directory.at('.env'), content);
    const { outcome } = await other.setUp([...lines, 'remove'], {
      watch: (event, interrupt) => {
        if (event.type === 'step-done' && event.id === 'clean-up.file') interrupt();
      },
    });
    expect(outcome.type).toBe('cancelled');
    expect(readFileSync(other.directory.at('.env'), 'utf8')).toBe(content);
    expect(other.standing).toMatchObject({ values: 1, profiles: { development: {} } });
  });

  it('is said to be in history where git has the file', async () => {
    repository(machine.directory.at('work'));
    mkdirSync(machine.directory.at('work/app'), { recursive: true });
    lay('work/app/.env', `CASTAI_API_KEY=${server.keys.viewer.reveal()}\n`);
    git(machine.directory.at('work'), 'add', '.');
    git(machine.directory.at('work'), 'commit', '--quiet', '-m', 'oops');
    const { events } = await machine.setUp(
      practising('development', 'reader', 'import .env:1 CASTAI_API_KEY', 'remove', true),
      { cwd: machine.directory.at('work') },
    );
    const notes = events.flatMap(event => (event.type === 'noted' ? [event.text] : []));
    expect(notes).toContainEqual(
      expect.stringMatching(/git has earlier versions of app\/\.env.*rotate --emergency/),
    );
    expect(laid('work/app/.env')).toBe('');
    expect(laid('work/.gitignore')).toBe('.env\n.env.local\n.env.*.local\n');
  });

  it('as a webhook secret is kept as that', async () => {
    lay('.env', 'CASTAI_SECRET=a-webhook-secret-of-some-length\n');
    const { outcome } = await machine.setUp(practising('development', 'reader', 'paste', '', true, 'remove'));
    expect(outcome.type).toBe('finished');
    expect(machine.install.config()?.profiles['development']?.webhook?.current).toBeDefined();
    expect(laid('.env')).toBe('');
  });
});

describe('a key that castkeys makes', () => {
  it('belongs to a service account with just the role of its slot, on just the clusters named', async () => {
    const [cluster] = server.control.overview().clusters;
    const { outcome, events } = await machine.setUp(
      practising('staging', 'reader,writer', 'make', '', false, 'make', cluster?.id ?? ''),
    );
    expect(outcome.type).toBe('finished');
    expect(slots()).toEqual({ staging: ['reader', 'writer'] });
    expect(machine.standing.profiles).toMatchObject({
      staging: { policy: { scopes: ['read:*', 'write:limited'], clusters: [cluster?.id] } },
    });
    const said = events.flatMap(event =>
      event.type === 'step-done' && event.id === 'account.prepare' ? [event.summary] : [],
    );
    expect(said).toEqual(['Viewer of the organization', 'Member on one cluster only']);
    for (const { name, keyId, expiresAt, verifiedAt, owner } of Object.values(
      machine.install.config()?.credentials ?? {},
    )) {
      expect(name).toMatch(/^castkeys\/staging\/(reader|writer)\/[0-9a-f]{8}-1$/);
      expect([keyId, expiresAt, verifiedAt]).not.toContain(undefined);
      expect(owner).toMatchObject({
        kind: 'service-account',
        name: expect.stringMatching(/^castkeys-staging-/),
      });
    }
    // The Owner's key was for once.
    expect(machine.standing.admins).toEqual({});
  });

  it('takes an Owner key that is kept where somebody says so, and is asked for once', async () => {
    const { outcome, asked } = await machine.setUp(
      practising('development,production', 'reader', 'reader', 'make', '', true, 'make'),
    );
    expect(outcome.type).toBe('finished');
    expect(asked.filter(id => id === 'key.admin')).toHaveLength(1);
    expect(Object.values(machine.standing.admins)).toEqual([server.keys.admin.reveal()]);
    const again = await machine.setUp(['other', 'sandbox', 'practice', 'reader', 'make']);
    expect(again.outcome.type).toBe('finished');
    expect(again.asked).not.toContain('key.admin');
  });

  it('can not be made with a key that is no Owner: then it is asked again where the key comes from', async () => {
    const { outcome, asked } = await machine.setUp(
      practising('development', 'reader', 'make', server.keys.viewer.reveal(), false, 'paste', ''),
    );
    expect(outcome.type).toBe('finished');
    expect(asked.filter(id => id === 'development.source.reader')).toHaveLength(2);
    expect(slots()).toEqual({ development: ['reader'] });
  });

  it('is gone again, with its account, where the wizard is cancelled before it is in place', async () => {
    const accounts = server.control.overview().serviceAccounts.length;
    const keys = server.control.overview().keys.length;
    for (const at of ['account.prepare', 'key.make', 'key.accept']) {
      using other = new NewMachine(server);
      const { outcome } = await other.setUp(practising('development', 'reader', 'make', '', false), {
        watch: (event, interrupt) => {
          if (event.type === 'step-started' && event.id === at) interrupt();
        },
      });
      expect(outcome.type).toBe('cancelled');
      expect(other.standing).toEqual(nothing);
      expect(server.control.overview().serviceAccounts).toHaveLength(accounts);
      expect(server.control.overview().keys).toHaveLength(keys);
    }
  });
});

describe('several environments', () => {
  it('get a key each, and what is left for later is asked for when the wizard is started again', async () => {
    const first = await machine.setUp(
      practising('development,staging', 'reader', 'reader', 'paste', '', 'later'),
    );
    expect(first.outcome.type).toBe('finished');
    expect(slots()).toEqual({ development: ['reader'], staging: [] });
    const second = await machine.setUp(['paste', server.keys.member.reveal()]);
    expect(second.asked).toEqual(['staging.source.reader', 'staging.key.reader']);
    expect(slots()).toEqual({ development: ['reader'], staging: ['reader'] });
    expect(machine.standing.activeProfile).toBe('development');
  });

  it('keep what was in place when the wizard is given up', async () => {
    const { outcome } = await machine.setUp(
      practising('development,staging', 'reader', 'reader', 'paste', '', 'paste'),
    );
    expect(outcome.type).toBe('cancelled');
    expect(slots()).toEqual({ development: ['reader'], staging: [] });
  });
});
