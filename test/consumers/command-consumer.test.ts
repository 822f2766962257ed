import { readFileSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { consumersIn, consumerWords, declaredFor, openConsumer } from '../../source/consumers/consumers.ts';
import { agreeTo, findPin, type Pin } from '../../source/profiles/profiles.ts';
import { aKey, today } from '../support/install.ts';
import { homeIn, type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts';

let directory: TemporaryDirectory;
beforeEach(() => {
  directory = temporaryDirectory();
  return () => directory[Symbol.dispose]();
});

const sh = (script: string) => ['sh', '-c', script];
function declare(...consumers: readonly object[]): Pin {
  writeFileSync(directory.at('.castkeys.json'), JSON.stringify({ profile: 'dev', consumers }));
  const pin = findPin(directory.path);
  if (!pin) throw new Error('there is no pin');
  return pin;
}
function open(declaration: object, env: NodeJS.ProcessEnv = { PATH: process.env['PATH'] }) {
  const pin = declare({ kind: 'command', name: 'one', ...declaration });
  const [first] = consumersIn(pin);
  if (!first) throw new Error('none is declared');
  return openConsumer({ declaration: first, pin }, { env, profile: 'dev', origin: 'https://api.cast.ai' });
}

describe('a consumer that a command delivers to', () => {
  it('gets the key on standard input alone, in the directory of its file', async () => {
    const consumer = open({
      deliver: sh('cat > got; env > seen; echo "$*" >> seen'),
      prove: sh('cmp -s - got'),
    });
    await consumer.deliver(aKey());
    expect(readFileSync(directory.at('got'), 'utf8')).toBe(aKey().reveal());
    expect(await consumer.prove(aKey())).toBe('sh ended with 0');
    const seen = readFileSync(directory.at('seen'), 'utf8');
    expect(seen).toContain('CASTKEYS_PROFILE=dev');
    expect(seen).not.toContain(aKey().reveal());
  });

  it('is not proven with another key', async () => {
    const consumer = open({ deliver: sh('cat > got'), prove: sh('cmp -s - got') });
    await consumer.deliver(aKey('a'));
    await expect(consumer.prove(aKey('b'))).rejects.toMatchObject({ code: 'consumer-failed' });
  });

  it('that fails says why, without the key it was given', async () => {
    const consumer = open({ deliver: sh('read -r key; echo "can not use $key" >&2; exit 3') });
    const failure = await consumer.deliver(aKey()).catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({
      code: 'consumer-failed',
      message: expect.stringMatching(
        /one could not deliver the key: it ended with 3: can not use \*+\. Both keys work on/,
      ),
    });
    expect(String(failure)).not.toContain(aKey().reveal().slice(12, 40));
  });

  it('that hangs is ended, with what it started', async () => {
    const consumer = open({ deliver: sh('sleep 60 & wait'), timeout: 1 });
    await expect(consumer.deliver(aKey())).rejects.toMatchObject({
      message: expect.stringContaining('did not end within 1 s'),
    });
  });

  it('that is not there, or reads nothing, is told apart', async () => {
    await expect(open({ deliver: ['/no/such/program'] }).deliver(aKey())).rejects.toMatchObject({
      message: expect.stringContaining('could not be started'),
    });
    await open({ deliver: ['true'] }).deliver(aKey());
  });

  it('is looked at before, where it says how', async () => {
    await expect(open({ deliver: ['true'], preflight: ['false'] }).preflight()).rejects.toMatchObject({
      code: 'consumer-failed',
    });
    expect(await open({ deliver: ['true'] }).preflight()).toBe('not asked');
  });

  it('is not told castkeys’ own passphrase', async () => {
    const consumer = open(
      { deliver: sh('env > seen') },
      { PATH: process.env['PATH'], CASTKEYS_PASSPHRASE: 'open sesame' },
    );
    await consumer.deliver(aKey());
    expect(readFileSync(directory.at('seen'), 'utf8')).not.toContain('open sesame');
  });
});

describe('declared consumers', () => {
  const one = { kind: 'command', name: 'one', deliver: ['true'] };
  const slot = { profile: 'dev', role: 'reader' } as const;

  it('count only once a person agreed to exactly that file, from wherever castkeys is called', async () => {
    const home = homeIn(directory.at('home'));
    const pin = declare(one, { ...one, name: 'two', role: 'writer' });
    expect(declaredFor(home, directory.path, slot)).toMatchObject({
      consumers: [],
      untrusted: [{ path: pin.path }],
    });
    await agreeTo(home, pin, today);
    for (const cwd of [directory.path, '/']) {
      const { consumers, untrusted } = declaredFor(home, cwd, slot);
      expect(consumers.map(({ declaration }) => declaration.name)).toEqual(['one']);
      expect(untrusted).toEqual([]);
    }
    declare({ ...one, deliver: ['rm', '-rf', '/'] });
    for (const cwd of [directory.path, '/']) {
      expect(declaredFor(home, cwd, slot)).toMatchObject({ consumers: [], untrusted: [{ path: pin.path }] });
    }
  });

  it.each([
    [{ ...one, kind: 'spell' }],
    [{ ...one, deliver: 'true' }],
    [{ ...one, deliver: [] }],
    [{ ...one, name: 'a b' }],
    [{ ...one, delivr: [] }],
  ])('are refused as a whole where one can not be read: %j', declaration => {
    expect(() => consumersIn(declare(declaration))).toThrow(/consumers in .* can't be used/);
  });

  it('have names of their own', () => {
    expect(() => consumersIn(declare(one, one))).toThrow(/two have one name/);
  });

  it('are told in words before they are agreed to', () => {
    const [first] = consumersIn(declare({ ...one, deliver: ['sh', '-c', 'cat > x\u001b[2J'] }));
    expect(first && consumerWords(first)).toBe(
      'the consumer one gets the reader key on standard input of: sh -c "cat > x\\u001b[2J"',
    );
  });
});
