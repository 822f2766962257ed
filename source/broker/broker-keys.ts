import { CastkeysError } from '../errors.ts';
import type { Home } from '../home/home.ts';
import type { Secret } from '../keychain/secret.ts';
import { type Config, configStamp, type Role } from '../profiles/profiles.ts';
import { type Registered, registerRun } from '../runs/runs.ts';

/** How often the registry is looked at, in ms. A look is one `stat`. */
const lookEvery = 200;

export interface KeysToHold {
  readonly home: Home;
  readonly clock: () => Date;
  readonly config: () => Config | undefined;
  /** Reads a key's value from the keychain. */
  readonly read: (credentialId: string) => Promise<Secret>;
  readonly profileName: string;
  readonly roles: readonly Role[];
  /** Where the keys are sent; one that is bound to another address is not taken up. */
  readonly origin: string;
  /** For the register: what runs behind the broker. */
  readonly program?: string;
  /** Told of a key that could not be taken up; the one before it is used on. */
  readonly onTrouble?: (role: Role, thrown: unknown) => void;
  /** Told once where it can't be entered in the register, on a full disk: a rotation, which has to write, can't begin there. */
  readonly onUnregistered?: (reason: string) => void;
}

/** A key while a request uses it. */
export interface Lease {
  readonly id: string;
  readonly secret: Secret;
  readonly end: () => void;
}

interface Held {
  readonly id: string;
  readonly secret: Secret;
  /** Requests on their way with it. */
  users: number;
}

/**
 * The keys a broker holds. It follows the registry: as soon as a rotation switches to another key, new requests go out with
 * that one. The key before stays in the register of runs until the last request that uses it has its answer, and so no
 * rotation switches it off too early.
 */
export class BrokerKeys {
  readonly #options: KeysToHold;
  readonly #current = new Map<Role, Held>();
  readonly #replaced = new Set<Held>();
  #registered: Registered | undefined;
  #isUnregistered = false;
  #seen = '';
  #look: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(options: KeysToHold) {
    this.#options = options;
  }

  /** Reads the keys, and follows the registry from then on. Throws what reading them throws. */
  static async open(options: KeysToHold): Promise<BrokerKeys> {
    const keys = new BrokerKeys(options);
    try {
      await keys.#takeUp({ isFirst: true });
    } catch (thrown) {
      keys.close();
      throw thrown;
    }
    keys.#timer = setInterval(() => {
      if (configStamp(options.home) !== keys.#seen) void keys.renew();
    }, lookEvery).unref();
    return keys;
  }

  /** The current key of a role, for one request; undefined where the profile has none any more. */
  lease(role: Role): Lease | undefined {
    const held = this.#current.get(role);
    if (!held) return undefined;
    held.users += 1;
    let ended = false;
    return {
      id: held.id,
      secret: held.secret,
      end: () => {
        if (ended) return;
        ended = true;
        held.users -= 1;
        if (held.users === 0 && this.#replaced.delete(held)) this.#register();
      },
    };
  }

  /** Every value held now. */
  secrets(): readonly Secret[] {
    return [...this.#current.values(), ...this.#replaced].map(({ secret }) => secret);
  }

  /** Looks at the registry now, and takes up what is current there. Never throws. */
  renew(): Promise<void> {
    this.#look ??= this.#takeUp({ isFirst: false })
      .catch(() => {})
      .finally(() => {
        this.#look = undefined;
      });
    return this.#look;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#registered?.end();
  }

  async #takeUp({ isFirst }: { readonly isFirst: boolean }): Promise<void> {
    const { home, roles } = this.#options;
    for (;;) {
      const seen = configStamp(home);
      for (const role of roles) {
        try {
          await this.#takeUpRole(role);
        } catch (thrown) {
          // The next look tries again: this state of the registry was not taken up.
          if (isFirst) throw thrown;
          this.#options.onTrouble?.(role, thrown);
          return;
        }
      }
      this.#seen = seen;
      // What was switched while a key was read is taken up at once: nobody holds a key behind a rotation's back.
      if (configStamp(home) === seen) return;
    }
  }

  async #takeUpRole(role: Role): Promise<void> {
    const { read } = this.#options;
    const id = this.#idOf(role);
    const before = this.#current.get(role);
    if (id === before?.id) return;
    if (id === undefined) {
      this.#replace(role, undefined);
      return;
    }
    this.#register(id);
    const secret = await read(id);
    if (this.#idOf(role) === id) this.#replace(role, { id, secret, users: 0 });
    else this.#register();
  }

  /** The profile's key for a role, if it is bound to the address this broker sends keys to. */
  #idOf(role: Role): string | undefined {
    const { config, profileName, origin } = this.#options;
    const now = config();
    const id =
      now && Object.hasOwn(now.profiles, profileName) ? now.profiles[profileName]?.slots[role] : undefined;
    return id !== undefined && now?.credentials[id]?.origin === origin ? id : undefined;
  }

  #replace(role: Role, next: Held | undefined): void {
    const before = this.#current.get(role);
    if (next) this.#current.set(role, next);
    else this.#current.delete(role);
    if (before && before.users > 0) this.#replaced.add(before);
    this.#register();
  }

  /** Says in the register which keys are held, with one that is about to be read. */
  #register(coming?: string): void {
    const held = [...this.#current.values(), ...this.#replaced].map(({ id }) => id);
    const credentialIds = [...new Set(coming === undefined ? held : [...held, coming])];
    try {
      if (this.#registered) this.#registered.change({ credentialIds });
      else this.#registered = this.#enter(credentialIds);
    } catch (thrown) {
      if (!(thrown instanceof CastkeysError) || thrown.code !== 'home-unwritable') throw thrown;
      if (!this.#isUnregistered) this.#options.onUnregistered?.(thrown.message);
      this.#isUnregistered = true;
    }
  }

  #enter(credentialIds: readonly string[]): Registered {
    const { home, clock, program } = this.#options;
    return registerRun(home, {
      kind: 'broker',
      credentialIds,
      since: clock(),
      ...(program === undefined ? {} : { program }),
    });
  }
}
