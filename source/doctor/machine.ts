import { type Knock, knock } from '../castai/castai.ts';
import type { Keychain, ProbeResult } from '../keychain/keychain.ts';
import type { Machine } from './examination.ts';

export interface MachineOptions extends Omit<Machine, 'probe' | 'keychain' | 'knock'> {
  /** Opens the store in use, without writing to it. */
  readonly openKeychain: () => Promise<Keychain>;
  readonly clock: () => Date;
  readonly fetch?: typeof fetch;
  readonly signal?: AbortSignal;
}

/** The machine, with what is slow looked at once. Nothing is touched before a line asks. */
export function openMachine(options: MachineOptions): Machine & { readonly close: () => Promise<void> } {
  const { openKeychain, clock, fetch, signal, ...given } = options;
  let opened: Promise<Keychain> | undefined;
  let probed: Promise<ProbeResult> | undefined;
  const knocks = new Map<string, Promise<Knock>>();
  const keychain = () => {
    opened ??= openKeychain();
    return opened;
  };
  return {
    ...given,
    keychain,
    probe: () => {
      probed ??= keychain().then(store => store.probe());
      return probed;
    },
    knock: origin => {
      const known =
        knocks.get(origin) ??
        knock(origin, {
          now: () => clock().getTime(),
          ...(fetch ? { fetch } : {}),
          ...(signal ? { signal } : {}),
        });
      knocks.set(origin, known);
      return known;
    },
    close: async () => {
      await (await opened?.catch(() => undefined))?.close();
    },
  };
}
