import { CastkeysError } from '../../errors.ts';
import type { Config } from '../../profiles/profiles.ts';
import { type Registered, registerRun } from '../../runs/runs.ts';
import type { Call } from '../command.ts';

type Caller = Pick<Call, 'home' | 'clock' | 'streams'>;

/** The keys that a command is given, as the register of runs has them. */
export class HeldKeys {
  readonly #call: Caller;
  readonly #program: string;
  readonly #ids = new Set<string>();
  #registered: Registered | undefined;
  #isUnregistered = false;

  constructor(call: Caller, program: string) {
    this.#call = call;
    this.#program = program;
  }

  /**
   * Has keys read while they are current: each is entered in the register before it is read, and if a rotation switched to
   * another one before that could be seen, they are read once more. So no key is handed out behind a rotation's back.
   */
  async whileCurrent<T>(
    config: () => Config | undefined,
    read: (config: Config, onKey: (credentialId: string) => void) => Promise<T>,
  ): Promise<T> {
    for (;;) {
      const before = config();
      if (!before) throw new Error('there is no configuration');
      const result = await read(before, id => this.#hold(id));
      const now = config();
      if (now && [...this.#ids].every(id => isCurrent(now, id) === isCurrent(before, id))) return result;
      this.#ids.clear();
    }
  }

  /** The local ids of the keys that were read. */
  get ids(): ReadonlySet<string> {
    return this.#ids;
  }

  /** The command runs now: it is the one that holds them. */
  by(pid: number): void {
    this.#unlessUnwritable(() => this.#registered?.change({ pid }));
  }

  end(): void {
    this.#registered?.end();
  }

  #hold(id: string): void {
    this.#ids.add(id);
    const credentialIds = [...this.#ids];
    this.#unlessUnwritable(() => {
      if (this.#registered) this.#registered.change({ credentialIds });
      else this.#registered = this.#register(credentialIds);
    });
  }

  #register(credentialIds: readonly string[]): Registered {
    const { home, clock } = this.#call;
    return registerRun(home, { kind: 'run', credentialIds, since: clock(), program: this.#program });
  }

  /** A full disk is no reason to refuse the command its key: a rotation, which has to write, can't begin here either. */
  #unlessUnwritable(enter: () => void): void {
    try {
      enter();
    } catch (thrown) {
      if (!(thrown instanceof CastkeysError) || thrown.code !== 'home-unwritable') throw thrown;
      if (this.#isUnregistered) return;
      this.#isUnregistered = true;
      this.#call.streams.stderr.write(
        `castkeys: ${this.#program} is in no register, so a rotation will not wait for it: ${thrown.message}\n`,
      );
    }
  }
}

const isCurrent = ({ profiles }: Config, id: string): boolean =>
  Object.values(profiles).some(({ slots }) => Object.values(slots).includes(id));
