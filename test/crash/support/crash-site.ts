/** A machine with a profile to rotate, a keyring and a practice server, and kills that are hung in from outside. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Ended, type Machine, newMachine } from '../../support/castkeys.ts';
import { storedCredentials } from '../../support/keyring-items.ts';

const killPoints = resolve('test/crash/fixtures/kill-points.cjs');

export interface Standing {
  /** The slot's key can't be read from the keychain, or Cast AI refuses it. */
  readonly lost: number;
  /** Keys at Cast AI, and entries in the keychain, that nobody points to. */
  readonly orphans: number;
  /** What exactly, for whoever has to mend it. */
  readonly words: string;
}

export class CrashSite implements AsyncDisposable {
  readonly machine: Machine;
  readonly #consumed: string;

  private constructor(machine: Machine) {
    this.machine = machine;
    this.#consumed = join(machine.directory, 'consumed');
  }

  static async open(): Promise<CrashSite> {
    const machine = await newMachine();
    const site = new CrashSite(machine);
    for (const ended of [await machine.setUp(), await site.#addAdmin(), await site.#declareConsumer()]) {
      if (ended.exitCode !== 0) throw new Error(ended.stderr);
    }
    return site;
  }

  #addAdmin(): Promise<Ended> {
    const env = { ADMIN: this.machine.practice.keys.admin.reveal() };
    return this.machine.run(['keys', 'add', '--role', 'admin', '--from-env', 'ADMIN'], { env });
  }

  /** A consumer that keeps a digest of what it is given. */
  #declareConsumer(): Promise<Ended> {
    const keep = [
      'sh',
      '-c',
      `sha256sum > ${this.#consumed}.new && mv ${this.#consumed}.new ${this.#consumed}`,
    ];
    const prove = ['sh', '-c', `sha256sum | cmp -s - ${this.#consumed}`];
    const consumers = [{ kind: 'command', name: 'digest', deliver: keep, prove }];
    writeFileSync(join(this.machine.project, '.castkeys.json'), JSON.stringify({ consumers }));
    return this.machine.run(['use', 'development', '--here', '--yes']);
  }

  /** Runs castkeys, ended with SIGKILL at a point of its way, if it comes that far. */
  async runUntil(killAt: number, words: readonly string[]): Promise<{ readonly wasKilled: boolean } & Ended> {
    const ended = await this.machine.run(words, {
      env: { NODE_OPTIONS: `--require ${killPoints}`, KILL_AT: String(killAt) },
    });
    return { ...ended, wasKilled: ended.signal === 'SIGKILL' };
  }

  /** The points that a whole run passes, in order. */
  async pointsOf(words: readonly string[]): Promise<readonly string[]> {
    const log = join(this.machine.directory, 'points');
    rmSync(log, { force: true });
    await this.machine.run(words, { env: { NODE_OPTIONS: `--require ${killPoints}`, KILL_LOG: log } });
    return readFileSync(log, 'utf8')
      .split('\n')
      .filter(line => /^\d+ /.test(line));
  }

  /** What is left when everything is over: one key that works, in one place, and nothing besides. */
  async standing(): Promise<Standing> {
    const { machine } = this;
    const ask = [
      'const { CASTAI_API_URL: url, CASTAI_API_KEY: key } = process.env;',
      'const end = ok => process.exit(ok ? 0 : 9);',
      'fetch(url + "/v1/me", { headers: { "X-API-Key": key } }).then(({ ok }) => end(ok), () => end(false));',
    ].join('\n');
    const used = await machine.run(['run', '--', process.execPath, '-e', ask]);
    const config = machine.config();
    const current = config.credentials[config.profiles['development']?.slots.reader ?? ''];
    const keys = machine.practice.control
      .overview()
      .keys.filter(({ owner }) => owner.name === 'practice-viewer');
    const strayKeys = keys.filter(({ id }) => id !== current?.keyId);
    const pointedTo = [
      ...Object.values(config.profiles['development']?.slots ?? {}),
      ...Object.values(config.admins),
    ];
    const strayEntries = storedCredentials(machine.keyring.env).filter(id => !pointedTo.includes(id));
    return {
      lost: used.exitCode === 0 ? 0 : 1,
      orphans: strayKeys.length + strayEntries.length,
      words: [
        used.exitCode === 0
          ? ''
          : `the key in use ended a command with ${used.exitCode}: ${used.stderr.trim()}`,
        ...strayKeys.map(
          ({ name, active }) => `key ${name} (${active ? 'on' : 'off'}) is left at the server`,
        ),
        ...strayEntries.map(id => `entry ${id} is left in the keyring`),
      ]
        .filter(words => words !== '')
        .join('; '),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.machine[Symbol.asyncDispose]();
  }
}
