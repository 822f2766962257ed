/**
 * A world to rotate in, in memory and on a clock of its own: Cast AI with delays and lost answers, a registry, a keychain,
 * consumers, and a castkeys that can be killed before and after each of them is touched. What is decided and performed in
 * it is the real thing.
 */
import { CastaiError, type Verdict } from '../../../source/castai/castai.ts';
import type { Consumer } from '../../../source/consumers/consumers.ts';
import { CastkeysError } from '../../../source/errors.ts';
import type { EntryName, Keychain } from '../../../source/keychain/keychain.ts';
import { Secret } from '../../../source/keychain/secret.ts';
import type { Config } from '../../../source/profiles/profiles.ts';
import type { Journal } from '../../../source/rotation/journal.ts';
import type { KeyKeeper, KeySeen } from '../../../source/rotation/keeper.ts';
import type { World } from '../../../source/rotation/world.ts';
import type { Run } from '../../../source/runs/runs.ts';
import { aConfig, aProfile } from '../../profiles/support/configs.ts';

/** How the world behaves. Times in ms. */
export interface Behaviour {
  readonly listLag: number;
  readonly acceptLag: number;
  readonly disableLag: number;
  readonly showLag: number;
  /** Of 1: how often a call fails before it is done, and after. */
  readonly failBefore: number;
  readonly loseAnswer: number;
  readonly keychainFails: number;
  readonly consumerFails: number;
  /** ms this machine's clock is ahead. */
  readonly skew: number;
  /** Between two uses of the old key by somebody who was forgotten, until `usedUntil`; absent: nobody. */
  readonly usedEvery?: number;
  readonly usedUntil?: number;
  readonly consumers: number;
}

interface ModelKey {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly madeAt: number;
  isActive: boolean;
  offAt?: number;
  isDeleted: boolean;
}

/** This castkeys was killed: nothing it still does has any effect. */
export class Killed extends Error {}

export class ModelWorld {
  now = Date.parse('2026-06-01T12:00:00Z');
  readonly keys: ModelKey[] = [];
  config: Config;
  readonly entries = new Map<string, string>();
  journal: Journal | undefined;
  readonly held = new Map<string, string>();
  runs: Run[] = [];
  /** Touches left until castkeys is killed. */
  killIn = Number.POSITIVE_INFINITY;
  /** Times at which the old key was refused to somebody who used it. */
  readonly cutOff: number[] = [];
  readonly behaviour: Behaviour;
  readonly #random: () => number;
  #isDead = false;
  #ids = 0;
  #nextUse = this.now;
  #usesOfOld: number[] = [];
  #failures = new Map<string, string>();

  constructor(behaviour: Behaviour, random: () => number) {
    this.behaviour = behaviour;
    this.#random = random;
    this.keys.push({
      id: 'k-old',
      name: 'made by hand',
      value: 'v-old',
      madeAt: 0,
      isActive: true,
      isDeleted: false,
    });
    this.entries.set('c-old', 'v-old');
    this.config = aConfig(
      { dev: aProfile({ slots: { reader: 'c-old' }, organization: { id: 'o1' } }) },
      {
        credentials: {
          'c-old': {
            origin: 'https://api.cast.ai',
            organization: { id: 'o1' },
            owner: { kind: 'service-account', id: 'sa' },
            keyId: 'k-old',
            addedAt: '2026-05-01T00:00:00Z',
            fingerprint: 'f v-old',
            store: 'memory',
          },
        },
      },
    );
    for (let at = 0; at < behaviour.consumers; at += 1) this.held.set(`consumer ${at}`, 'v-old');
  }

  /** Another castkeys is started. */
  restart(killIn: number): World {
    this.#isDead = false;
    this.killIn = killIn;
    this.#failures = new Map();
    return this.#world();
  }

  pass(ms: number): void {
    this.now += ms;
    const { usedEvery, usedUntil = 0 } = this.behaviour;
    if (usedEvery === undefined) return;
    for (; this.#nextUse <= this.now && this.#nextUse <= usedUntil; this.#nextUse += usedEvery) {
      if (this.#works('v-old', this.#nextUse)) this.#usesOfOld.push(this.#nextUse);
      else this.cutOff.push(this.#nextUse);
    }
  }

  /** Which value the slot hands out. */
  get slotValue(): string | undefined {
    return this.entries.get(this.config.profiles['dev']?.slots.reader ?? '');
  }

  works(value: string | undefined): boolean {
    return value !== undefined && this.#works(value, this.now);
  }

  /** Keys at Cast AI that nobody points to. */
  get orphans(): readonly string[] {
    return this.keys
      .filter(key => !key.isDeleted && key.id !== 'k-old' && key.value !== this.slotValue)
      .map(({ name }) => name);
  }

  #works(value: string, at: number): boolean {
    const key = this.keys.find(one => one.value === value);
    if (!key || at < key.madeAt + (key.id === 'k-old' ? 0 : this.behaviour.acceptLag)) return false;
    return key.offAt === undefined || at < key.offAt;
  }

  /** Each touch of the world: castkeys may have been killed before it. */
  #touch(): void {
    if (this.#isDead) throw new Killed();
    this.killIn -= 1;
    if (this.killIn < 0) {
      this.#isDead = true;
      throw new Killed();
    }
    this.pass(5);
  }

  async #through<T>(act: () => T, change = true): Promise<T> {
    this.#touch();
    if (this.#random() < this.behaviour.failBefore) throw failure(false);
    const done = act();
    if (change) this.#touch();
    if (change && this.#random() < this.behaviour.loseAnswer) throw failure(true);
    return done;
  }

  #keeper(): KeyKeeper {
    const find = (id: string) => this.keys.find(key => key.id === id && !key.isDeleted);
    const seen = (key: ModelKey): KeySeen => {
      const shown = this.#usesOfOld.filter(at => at <= this.now - this.behaviour.showLag).at(-1);
      const lastUsed =
        key.id === 'k-old' && shown !== undefined
          ? { lastUsedAt: new Date(shown - this.behaviour.skew).toISOString() }
          : {};
      return { id: key.id, name: key.name, isActive: key.isActive, ...lastUsed };
    };
    return {
      list: () =>
        this.#through(
          () =>
            this.keys
              .filter(
                key =>
                  !key.isDeleted && (key.id === 'k-old' || this.now >= key.madeAt + this.behaviour.listLag),
              )
              .map(seen),
          false,
        ),
      find: id =>
        this.#through(() => {
          const key = find(id);
          return key && seen(key);
        }, false),
      create: ({ name }) =>
        this.#through(() => {
          const id = `k${this.keys.length}`;
          const value = `v ${name}`;
          this.keys.push({ id, name, value, madeAt: this.now, isActive: true, isDeleted: false });
          return { id, token: new Secret(value) };
        }),
      setActive: (id, active) =>
        this.#through(() => {
          const key = find(id);
          if (!key || key.isActive === active) return;
          key.isActive = active;
          if (active) delete key.offAt;
          else key.offAt = this.now + this.behaviour.disableLag;
        }),
      delete: id =>
        this.#through(() => {
          const key = find(id);
          if (!key) return;
          key.isDeleted = true;
          key.offAt = Math.min(key.offAt ?? Number.POSITIVE_INFINITY, this.now);
        }),
    };
  }

  #keychain(): Keychain {
    const trouble = () => this.#random() < this.behaviour.keychainFails;
    const locked = { state: 'locked', reason: 'it is locked' } as const;
    return {
      store: 'memory',
      read: async ({ id }: EntryName) => {
        this.#touch();
        if (trouble()) return locked;
        const value = this.entries.get(id);
        return value === undefined ? { state: 'absent' } : { state: 'value', secret: new Secret(value) };
      },
      write: async ({ id }, secret) => {
        this.#touch();
        if (trouble()) throw new CastkeysError('keychain-locked', 'It is locked.', 'unlock it');
        this.entries.set(id, secret.reveal());
        this.#touch();
        if (trouble())
          throw new CastkeysError('keychain-timeout', 'It was written, but not read back.', 'again');
      },
      replace: async ({ id }, value) => {
        this.#touch();
        if (trouble()) throw new CastkeysError('keychain-locked', 'It is locked.', 'unlock it');
        this.entries.set(id, value.reveal());
      },
      remove: async ({ id }) => {
        this.#touch();
        if (trouble()) throw new CastkeysError('keychain-locked', 'It is locked.', 'unlock it');
        this.entries.delete(id);
        this.#touch();
      },
      probe: async () => ({ state: 'usable', evidence: '', ms: 0 }),
      close: async () => {},
    };
  }

  #consumer(id: string): Consumer {
    const attempt = (act: () => void) => {
      this.#touch();
      if (this.#random() < this.behaviour.consumerFails)
        throw new CastkeysError('consumer-failed', 'It failed.', 'mend it');
      act();
      this.#touch();
    };
    return {
      id,
      title: id,
      preflight: async () => '',
      deliver: async secret => attempt(() => this.held.set(id, secret.reveal())),
      prove: async secret => {
        attempt(() => {});
        if (this.held.get(id) !== secret.reveal())
          throw new CastkeysError('consumer-failed', 'It has another.', 'again');
        return 'it has it';
      },
    };
  }

  #world(): World {
    const failures = this.#failures;
    const keychain = this.#keychain();
    return {
      clock: () => new Date(this.now),
      sleep: async ms => {
        this.#touch();
        this.pass(ms);
      },
      newId: () => {
        this.#ids += 1;
        return `c${this.#ids}`;
      },
      config: () => this.config,
      update: async change => {
        this.#touch();
        this.config = change(this.config);
        this.#touch();
        return this.config;
      },
      keychain: async () => keychain,
      fingerprint: async secret => `f ${secret.reveal()}`,
      save: async journal => {
        this.#touch();
        this.journal = structuredClone(journal);
        this.#touch();
      },
      load: () => {
        if (!this.journal) throw new Error('there is no journal');
        return this.journal;
      },
      keeper: async () => this.#keeper(),
      tryKey: async (secret): Promise<Verdict> => {
        this.#touch();
        this.pass(20);
        if (this.#random() < this.behaviour.failBefore)
          return { outcome: 'unknown', reason: 'no answer', error: failure(false) };
        if (!this.#works(secret.reveal(), this.now)) return { outcome: 'invalid', reason: '401' };
        return {
          outcome: 'valid',
          identity: { kind: 'unknown', id: 'sa' },
          organizations: [{ id: 'o1', name: 'one' }],
          organizationsKnown: true,
        };
      },
      skew: () => this.behaviour.skew,
      consumers: [...this.held.keys()].map(id => this.#consumer(id)),
      runs: credentialId => this.runs.filter(run => run.credentialIds.includes(credentialId)),
      failures,
    };
  }
}

function failure(mayHaveHappened: boolean): CastaiError {
  return new CastaiError({
    kind: 'unreachable',
    method: 'POST',
    path: '/',
    host: 'model',
    fieldViolations: [],
    mayHaveHappened,
    foreign: false,
  });
}
