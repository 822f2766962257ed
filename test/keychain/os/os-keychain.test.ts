import { expect, it } from 'vitest';
import type { Keychain } from '../../../source/keychain/keychain.ts';
import { findChildScript } from '../../../source/keychain/os/child-path.ts';
import { startKeychainChild } from '../../../source/keychain/os/keychain-child.ts';
import { Secret } from '../../../source/keychain/secret.ts';
import { describeWithKeyring, type TestKeyring } from '../../support/keyring.ts';
import { keyringIn, newEntry, open } from './opening.ts';

const secret = new Secret('a value');

/** Freezes the daemon once, between the look whether an entry is there and the writing of it. */
function osKeychainThatFreezes(keyring: TestKeyring): Keychain {
  const child = startKeychainChild({ childPath: findChildScript(), env: keyring.env });
  const ask = child.ask.bind(child);
  child.ask = call => {
    if (call.op === 'set') keyring.freeze();
    return ask(call);
  };
  return open(keyring.env, { child, patience: 'prompt', limits: { callMs: 300, promptMs: 60_000 } });
}

describeWithKeyring('the OS keychain on a real gnome-keyring', () => {
  it('tells a locked keyring from an empty one, and touches nothing in it', async () => {
    const keyring = await keyringIn('unlocked');
    const keychain = open(keyring.env);
    const entry = newEntry();
    await keychain.write(entry, secret);
    await keyring.lock();
    expect(await keychain.read(entry)).toMatchObject({ state: 'locked' });
    expect(await keychain.read(newEntry())).toMatchObject({ state: 'locked' });
    await expect(keychain.write(newEntry(), secret)).rejects.toMatchObject({ code: 'keychain-locked' });
    await expect(keychain.remove(entry)).rejects.toMatchObject({ code: 'keychain-locked' });
    await keyring.restart();
    expect(await keychain.read(entry)).toMatchObject({ state: 'value' });
  });

  it('says locked to a person, too, when no dialog can come up', async () => {
    const keyring = await keyringIn('unlocked');
    const entry = newEntry();
    await open(keyring.env).write(entry, secret);
    await keyring.lock();
    const keychain = open(keyring.env, { patience: 'prompt' });
    expect(await keychain.read(entry)).toMatchObject({ state: 'locked' });
    await expect(keychain.write(newEntry(), secret)).rejects.toMatchObject({ code: 'keychain-locked' });
    await expect(keychain.remove(entry)).rejects.toMatchObject({ code: 'keychain-locked' });
  });

  it('goes on after the daemon was killed and another took its place', async () => {
    const keyring = await keyringIn('unlocked');
    const keychain = open(keyring.env);
    const entry = newEntry();
    await keychain.write(entry, secret);
    await keyring.kill();
    expect(await keychain.read(entry)).toMatchObject({
      state: 'unavailable',
      reason: expect.stringContaining('no keyring service'),
    });
    await keyring.restart();
    expect(await keychain.read(entry)).toEqual({ state: 'value', secret });
    await keyring.restart();
    const [reads] = await Promise.all([
      Promise.all([keychain.read(entry), keychain.read(entry), keychain.read(newEntry())]),
      keychain.write(newEntry(), secret),
    ]);
    expect(reads.map(({ state }) => state)).toEqual(['value', 'value', 'absent']);
    await keyring.restart();
    await keychain.remove(entry);
    expect(await keychain.read(entry)).toEqual({ state: 'absent' });
  });

  it('goes on for a person after a restart, too, where no look comes before the call', async () => {
    const keyring = await keyringIn('unlocked');
    const keychain = open(keyring.env, { patience: 'prompt' });
    const entry = newEntry();
    await keychain.write(entry, secret);
    await keyring.restart();
    expect(await keychain.read(entry)).toEqual({ state: 'value', secret });
    await keyring.restart();
    await keychain.write(newEntry(), secret);
  });

  it('does not wait for a daemon that hangs, and works again when it is thawed', async () => {
    const keyring = await keyringIn('unlocked');
    const keychain = open(keyring.env);
    const entry = newEntry();
    await keychain.write(entry, secret);
    keyring.freeze();
    const started = performance.now();
    expect(await keychain.read(entry)).toMatchObject({
      state: 'timeout',
      reason: expect.stringContaining('did not answer'),
    });
    expect(performance.now() - started).toBeLessThan(3000);
    keyring.thaw();
    expect(await keychain.read(entry)).toEqual({ state: 'value', secret });
  });

  it('kills a call that hangs in keytar itself, and starts anew', async () => {
    const keyring = await keyringIn('unlocked');
    // A person is there, so the call goes out without a look first; the look after it finds the daemon mute.
    const keychain = open(keyring.env, { patience: 'prompt', limits: { callMs: 300, promptMs: 60_000 } });
    const entry = newEntry();
    await keychain.write(entry, secret);
    keyring.freeze();
    expect(await Promise.all([keychain.read(entry), keychain.read(newEntry())])).toMatchObject([
      { state: 'timeout' },
      { state: 'timeout' },
    ]);
    keyring.thaw();
    expect(await keychain.read(entry)).toEqual({ state: 'value', secret });
  });

  it('does not claim to know what became of a write that hangs, and lets it be repeated', async () => {
    const keyring = await keyringIn('unlocked');
    const entry = newEntry();
    const freezing = osKeychainThatFreezes(keyring);
    await expect(freezing.write(entry, secret)).rejects.toMatchObject({
      code: 'keychain-timeout',
      message: expect.stringContaining('may or may not have been written'),
    });
    keyring.thaw();
    await freezing.write(entry, secret);
    expect(await open(keyring.env).read(entry)).toEqual({ state: 'value', secret });
  });

  it('lets a person stop waiting, and asks again the next time', async () => {
    const keyring = await keyringIn('unlocked');
    let stop = new AbortController();
    const keychain = open(keyring.env, { patience: 'prompt', signal: () => stop.signal });
    const entry = newEntry();
    await keychain.write(entry, secret);
    keyring.freeze();
    const waiting = keychain.read(entry);
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    keyring.thaw();
    stop = new AbortController();
    expect(await keychain.read(entry)).toEqual({ state: 'value', secret });
  });
});
