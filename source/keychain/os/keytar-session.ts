import { CastkeysError } from '../../errors.ts';
import type { Diagnosis } from '../diagnosis.ts';
import type { KeychainCall } from './child-wire.ts';
import type { Answer, Departure, KeychainChild } from './keychain-child.ts';
import { diagnoseError, diagnoseUnloadable } from './keytar-trouble.ts';

/** `prompt`: a person is there who can answer the system's unlock dialog. `none`: nobody is. */
export type Patience = 'none' | 'prompt';

/** Cancels waiting for the keychain. A function is asked at each call, so that Esc can end one call and not the next. */
export type Cancellation = AbortSignal | (() => AbortSignal | undefined);

/** How long one call may take, in ms; the second while a dialog of the system's may be up. */
export interface CallLimits {
  readonly callMs: number;
  readonly promptMs: number;
}

export const usualLimits: CallLimits = { callMs: 3000, promptMs: 60_000 };

/** keytar's result, or what is wrong. */
export type Outcome = { readonly state: 'done'; readonly value: string | boolean | null } | Diagnosis;

export interface SessionOptions {
  readonly start: () => KeychainChild;
  /** A child that already runs; otherwise the first call starts one. */
  readonly child?: KeychainChild | undefined;
  readonly patience: Patience;
  readonly signal?: Cancellation | undefined;
  readonly limits: CallLimits;
  /** Whether a call that takes long may be waiting for a person, rather than for a service that is dead. */
  readonly mayBePrompting: () => Promise<boolean>;
}

/** Calls to keytar that always end: limited in time, in a child that is killed at the limit and started anew. */
export class KeytarSession {
  readonly #options: SessionOptions;
  #child: KeychainChild | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#child = options.child;
  }

  /** Starts the child if none runs, so that it is ready when the first call comes. */
  warmUp(): KeychainChild {
    this.#child ??= this.#options.start();
    return this.#child;
  }

  /** One call. Throws only when cancelled. */
  async call(call: KeychainCall): Promise<Outcome> {
    const child = this.warmUp();
    const usedBefore = child.hasAnswered;
    const answer = await this.#attempt(child, call);
    // keytar never gets over a restart of the keyring service, so a child that gave an error is not used again, and an
    // error of one that worked before proves nothing. Every call can be repeated.
    if ('failed' in answer || 'gone' in answer) this.#discard(child, 'stale');
    const again = 'gone' in answer ? answer.gone !== 'given-up' : 'failed' in answer && usedBefore;
    return outcomeOf(again ? await this.#attempt(this.warmUp(), call) : answer);
  }

  close(): void {
    if (this.#child) this.#discard(this.#child, 'given-up');
  }

  async #attempt(child: KeychainChild, call: KeychainCall): Promise<Answer | TimedOut> {
    const { limits, patience, mayBePrompting } = this.#options;
    const signal = currentSignal(this.#options.signal);
    const answer = child.ask(call);
    try {
      let result = await within(answer, limits.callMs, signal);
      if ('timedOut' in result && patience === 'prompt' && (await mayBePrompting())) {
        result = await within(answer, limits.promptMs - limits.callMs, signal);
      }
      if ('timedOut' in result) this.#discard(child, 'given-up');
      return result;
    } catch (error) {
      this.#discard(child, 'given-up');
      throw error;
    }
  }

  #discard(child: KeychainChild, departure: Departure): void {
    child.kill(departure);
    if (this.#child === child) this.#child = undefined;
  }
}

function outcomeOf(answer: Answer | TimedOut): Outcome {
  if ('ok' in answer) return { state: 'done', value: answer.ok };
  if ('failed' in answer) return { ...diagnoseError(answer.failed), undecided: true };
  if ('unloadable' in answer) return diagnoseUnloadable(answer.unloadable);
  if ('timedOut' in answer) return silent(`the keychain did not answer within ${answer.timedOut} ms`);
  if (answer.gone === 'given-up')
    return silent('the keychain did not answer another call, so its process was ended');
  return {
    state: 'unavailable',
    reason: 'the process that reads the keychain ended before it answered, twice',
    fix: 'castkeys doctor',
    undecided: true,
  };
}

function silent(reason: string): Diagnosis {
  return { state: 'timeout', reason, fix: 'castkeys doctor', undecided: true };
}

interface TimedOut {
  /** The limit, in ms. */
  readonly timedOut: number;
}

function currentSignal(signal: Cancellation | undefined): AbortSignal | undefined {
  return typeof signal === 'function' ? signal() : signal;
}

/** The answer, or `timedOut` after `ms`. Throws `cancelled` when the signal fires. */
function within(
  answer: Promise<Answer>,
  ms: number,
  signal: AbortSignal | undefined,
): Promise<Answer | TimedOut> {
  return new Promise((resolve, reject) => {
    const cancel = () => {
      clearTimeout(timer);
      reject(
        new CastkeysError(
          'cancelled',
          'Waiting for the keychain was cancelled.',
          'run the same command again',
        ),
      );
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', cancel);
      resolve({ timedOut: ms });
    }, ms);
    if (signal?.aborted) return cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    void answer.then(result => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      resolve(result);
    });
  });
}
