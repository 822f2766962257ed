import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { holds } from '../support/canary.ts';
import { type Machine, newMachine } from '../support/castkeys.ts';
import { describeWithKeyring } from '../support/keyring.ts';
import { storedCredentials } from '../support/keyring-items.ts';
import { key, type OpenedTerminal } from '../support/terminal.ts';
import { pasteSecret, restored } from './support/typing.ts';

describeWithKeyring('the dashboard', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await newMachine();
    const { viewer, member, readonly } = machine.practice.keys;
    await machine.setUp('development', viewer.reveal());
    await machine.setUp('staging', member.reveal());
    await machine.setUp('production', readonly.reveal());
    makeOlder(machine, { development: 12, staging: 81, production: 97 });
  });
  afterAll(() => machine[Symbol.asyncDispose]());
  afterEach(async () => {
    const { control, keyIds } = machine.practice;
    control.behave({ failures: [] });
    for (const id of [keyIds.viewer, keyIds.member]) await control.enable(id);
  });

  /** The dashboard with every profile measured. */
  const open = async (options: Parameters<Machine['open']>[1] = {}): Promise<OpenedTerminal> => {
    const terminal = machine.open([], { columns: 120, rows: 40, ...options });
    await terminal.waitFor('3 profiles');
    await terminal.waitFor(screen => !screen.some(line => line.includes('measuring')));
    return terminal;
  };
  const row = (terminal: OpenedTerminal, name: string) =>
    terminal.screen().find(line => new RegExp(`^ [❯ ] (●|o) +(${name}|${name.toUpperCase()})`).test(line)) ??
    '';

  it('shows all profiles at a glance, with ages against their policy and how the checks stand', async () => {
    await using terminal = await open();
    expect(row(terminal, 'development')).toMatch(
      /❯ ● development ★ .*12 of 90 d +in 78 d +(\d+\/12|✓ ready)/,
    );
    expect(row(terminal, 'staging')).toMatch(/81 of 90 d +in 9 d +\d+\/12 .*▲\d/);
    expect(row(terminal, 'production')).toMatch(/PRODUCTION .*97 of 90 d +7 d over +\d+\/12 ✗\d/);
    await terminal.waitFor(/\d+ things to mend/);
    terminal.type('q');
    expect(await terminal.exited).toEqual({ exitCode: 0, signal: 0 });
    expect(terminal.modes()).toEqual(restored);
  });

  it('turns red within seconds when a key stops working, of whichever profile, and green again', async () => {
    await using terminal = await open();
    const { control, keyIds } = machine.practice;
    const [one, two] = [/✗ development +Every key works/, /✗ staging +Every key works/];
    const fails = (screen: readonly string[], what: RegExp) => screen.some(line => what.test(line));
    expect([one, two].map(what => fails(terminal.screen(), what))).toEqual([false, false]);
    await control.disable(keyIds.member);
    await control.disable(keyIds.viewer);
    await terminal.waitFor(screen => fails(screen, one) && fails(screen, two), { timeout: 20_000 });
    await control.enable(keyIds.member);
    await control.enable(keyIds.viewer);
    await terminal.waitFor(screen => !fails(screen, one) && !fails(screen, two), { timeout: 20_000 });
    terminal.type(key.ctrl('c'));
    expect((await terminal.exited).exitCode).toBe(130);
    expect(terminal.modes()).toEqual(restored);
  });

  it('has the checks of a profile with evidence and fix one key away, and mends one with another', async () => {
    await using terminal = await open({ columns: 80, rows: 24 });
    terminal.type(key.down);
    await terminal.waitFor(/❯ ● staging/);
    terminal.type(key.enter);
    await terminal.waitFor(/❯ ✗ No key can do more than its policy/);
    await terminal.waitFor(/→ .*castkeys keys add/s);
    terminal.type(key.enter);
    // The fix is a wizard, on this very screen; Ctrl+C takes it back and comes back.
    await terminal.waitFor('Paste the reader key');
    terminal.type(key.ctrl('c'));
    await terminal.waitFor('Cancelled. What was begun was taken back.');
    await terminal.waitFor(/❯ ✗ No key can do more than its policy/);
    terminal.type(key.escape);
    await terminal.waitFor('3 profiles');
    terminal.type('q');
    expect((await terminal.exited).exitCode).toBe(0);
  });

  it('plays a wizard to its end, and shows what came of it', async () => {
    const secret = machine.practice.keys.personal.reveal();
    await using terminal = await open();
    terminal.type(':');
    await terminal.waitFor('type what you want to do');
    terminal.type('add writer');
    await terminal.waitFor(/❯ Add the writer key +castkeys keys add --role writer --profile development/);
    terminal.type(key.enter);
    await terminal.waitFor('Paste the writer key');
    await pasteSecret(terminal, secret);
    await terminal.waitFor('The writer key of development is in the keychain.');
    await terminal.waitFor(/writer ━?─*.*of 90 d/);
    expect(machine.config().profiles['development']?.slots.writer).toBeDefined();
    // And takes it away again: the two removals share a key, and the first is for the reader.
    const stored = storedCredentials(machine.keyring.env).length;
    terminal.type('x');
    await terminal.waitFor('Remove the profile development');
    terminal.type('2');
    await terminal.waitFor('Remove the writer key of development?');
    terminal.type('y');
    await terminal.waitFor('Removed the writer key of development.');
    expect(storedCredentials(machine.keyring.env)).toHaveLength(stored - 1);
    terminal.type('q');
    await terminal.exited;
    expect(holds(terminal.raw(), secret)).toBe(false);
  });

  it('asks before production is used, takes no for an answer, and then yes', async () => {
    await using terminal = await open();
    terminal.type('G');
    await terminal.waitFor(/❯ ● +PRODUCTION/);
    terminal.type('u');
    await terminal.waitFor('production is PRODUCTION');
    terminal.type('n');
    await terminal.waitFor('Nothing was switched.');
    terminal.type('u');
    await terminal.waitFor('production is PRODUCTION');
    terminal.type('y');
    await terminal.waitFor('production is the active profile now.');
    expect(machine.config().activeProfile).toBe('production');
    await machine.run(['use', 'development']);
    // What another terminal does is seen here.
    await terminal.waitFor(/● development ★/);
    terminal.signal('SIGTERM');
    expect((await terminal.exited).exitCode).toBe(143);
    expect(terminal.modes()).toEqual(restored);
  });

  it('shows what a command prints, to be read and scrolled', async () => {
    await using terminal = await open({ columns: 80, rows: 24 });
    terminal.type('d');
    await terminal.waitFor('castkeys doctor');
    await terminal.waitFor(/✓ Settings/);
    await terminal.waitFor(/⋮ \d+ below/);
    terminal.type('G');
    await terminal.waitFor(/⋮ \d+ above/);
    terminal.type(key.enter);
    await terminal.waitFor('3 profiles');
    terminal.type('?');
    await terminal.waitFor(/: +everything there is, by name/);
    terminal.type('?');
    await terminal.waitFor('3 profiles');
  });

  it('ends a wizard in order when the process is told to end', async () => {
    const before = machine.config();
    await using terminal = await open();
    machine.practice.control.behave({ failures: [{ kind: 'slow', ms: 60_000 }] });
    terminal.type('a2');
    await terminal.waitFor('Paste the writer key');
    await pasteSecret(terminal, machine.practice.keys.personal.reveal());
    await terminal.waitFor(/Ask 127/);
    terminal.signal('SIGTERM');
    expect((await terminal.exited).exitCode).toBe(143);
    expect(terminal.modes()).toEqual(restored);
    expect(machine.config()).toEqual(before);
  });

  it('is one line after another where a full screen will not do', async () => {
    await using terminal = machine.open(['--plain'], { columns: 80, rows: 24 });
    await terminal.waitFor('Keys are young enough');
    expect((await terminal.exited).exitCode).toBe(0);
    expect(terminal.raw().includes('\x1b[?1049h')).toBe(false);
  });

  it('keeps to ASCII and to no colours where it has to, and says production all the same', async () => {
    await using terminal = machine.open([], {
      columns: 120,
      rows: 30,
      env: { LANG: 'C', NO_COLOR: '1' },
    });
    await terminal.waitFor('3 profiles');
    await terminal.waitFor(screen => !screen.some(line => line.includes('measuring')));
    const screen = terminal.screen().join('\n');
    expect(screen).toMatch(/> o development \*.*=+-+ 12 of 90 d/);
    expect(screen).toContain('PRODUCTION');
    expect(screen).toMatch(/^[\x20-\x7e\n]*$/);
    expect(terminal.raw().toString()).not.toMatch(/\x1b\[[\d;]*m/);
  });

  it('rotates a key, and counts down until the old one has drained', async () => {
    const { keys } = machine.practice;
    await machine.run(['keys', 'add', '--role', 'admin', '--from-env', 'ADMIN'], {
      env: { ADMIN: keys.admin.reveal() },
    });
    await using terminal = await open();
    terminal.type('r');
    await terminal.waitFor('❯ Rotate the reader key');
    terminal.type(key.enter);
    await terminal.waitFor('Rotate the development reader key?');
    terminal.type('y');
    await terminal.waitFor('Stay, and watch?', { timeout: 30_000 });
    terminal.type(key.enter);
    await terminal.waitFor('unfinished, and safe', { timeout: 30_000 });
    terminal.type(key.enter);
    await terminal.waitFor(/⋮ reader rotates: draining, (1 d 0 h|23 h \d+ min) left/);
    await terminal.waitFor(/● development ★ .* ⋮ (1 d|23 h)/);
    // An unfinished one is gone on with, or taken back.
    terminal.type('r');
    await terminal.waitFor('❯ Go on rotating the reader key');
    terminal.type('2');
    await terminal.waitFor('rolled back. The old key is in use', { timeout: 30_000 });
    terminal.type(key.enter);
    await terminal.waitFor('3 profiles');
    await terminal.waitFor(screen => !screen.join(' ').includes('reader rotates'), { timeout: 30_000 });
  });
});

/** Has each profile's key made so many days ago, as Cast AI would tell. */
function makeOlder(machine: Machine, days: Readonly<Record<string, number>>): void {
  const file = join(machine.home, 'config.json');
  const config = JSON.parse(readFileSync(file, 'utf8'));
  for (const [name, age] of Object.entries(days)) {
    const id = machine.config().profiles[name]?.slots.reader ?? '';
    config.credentials[id].createdAt = new Date(Date.now() - age * 86_400_000).toISOString();
  }
  writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
}
