/** What becomes of a wait: over in a moment, for a person to decide, or to come back to. */
import { setTimeout as delay } from 'node:timers/promises';
import { CastkeysError, type ErrorCode } from '../../errors.ts';
import { ask, type Flow, note, type StepContext, step } from '../../flow/flow.ts';
import { endOf, type Observed, type Wait, waitWords } from '../../rotation/rotation.ts';
import type { RotationAsked } from './asked.ts';
import { byPerson } from './by-person.ts';
import { changeJournal } from './change-journal.ts';
import { deliveryQuestion, waitQuestion } from './questions.ts';

/** Shorter waits are waited out without a question, by whoever started this. ms. */
const soon = 30_000;
/** Between two looks while somebody watches, in ms. */
const lookEvery = 5000;
const settleFor = 300;

type Next = 'again' | 'leave';

export class WaitingRoom {
  readonly #asked: RotationAsked;
  readonly #id: string;
  /** The person stays, and need not be asked again. */
  #stays = false;
  /** What the person said was done, so that the same is not asked for ever. */
  #told = new Set<string>();

  constructor(asked: RotationAsked, id: string) {
    this.#asked = asked;
    this.#id = id;
  }

  *wait(wait: Wait, seen: Observed, failures: Map<string, string>): Flow<Next> {
    if (wait.reason === 'settling') return yield* this.#pause(settleFor, wait);
    yield* this.#writeDown(wait, seen.now);
    switch (wait.reason) {
      case 'stuck':
        if (wait.isOneWay && this.#asked.mode !== 'rollback') return yield* this.#goForward(wait);
        throw stopped('rotation-stuck', `${capital(wait.words)}. Nothing was revoked.`, wait.next);
      case 'unknown':
      case 'keychain':
        throw stopped(
          wait.code,
          `${wait.words} The rotation is unfinished, and no key is lost: nothing is revoked on a guess.`,
          'castkeys rotate --resume',
        );
      case 'person':
        return yield* byPerson(
          { asked: this.#asked, id: this.#id, told: this.#told, failures },
          wait.what,
          seen,
        );
      case 'delivery-failed':
        return yield* this.#afterFailedDelivery(wait, seen, failures);
      case 'clock-skew':
        return yield* this.#leave(wait, seen.now);
      default:
        return yield* this.#stayOrLeave(wait, seen.now);
    }
  }

  *#stayOrLeave(wait: Wait, now: number): Flow<Next> {
    const until = endOf(wait);
    const left = until === undefined ? undefined : until - now;
    if (left !== undefined && left <= soon) return yield* this.#pause(left, wait);
    if (!this.#stays) {
      this.#stays = (yield* ask(waitQuestion(left))) === 'stay';
      if (!this.#stays) return yield* this.#leave(wait, now);
    }
    return yield* this.#pause(Math.min(left ?? lookEvery, lookEvery), wait);
  }

  *#afterFailedDelivery(
    wait: Extract<Wait, { reason: 'delivery-failed' }>,
    seen: Observed,
    failures: Map<string, string>,
  ): Flow<Next> {
    const next = yield* ask(deliveryQuestion(wait.consumer));
    if (next === 'later') return yield* this.#leave(wait, seen.now);
    if (next === 'back') yield* step(changeJournal(this.#asked, this.#id, { goal: 'rollback' }));
    failures.clear();
    return 'again';
  }

  *#pause(ms: number, wait: Wait): Flow<Next> {
    const { clock } = this.#asked.install;
    yield* step({
      id: 'rotate.wait',
      title: 'Wait',
      readOnly: true,
      isQuiet: ms <= settleFor,
      run: async ({ signal, progress }: StepContext) => {
        const endsAt = performance.now() + Math.max(ms, 50);
        for (let left = endsAt - performance.now(); left > 0; left = endsAt - performance.now()) {
          progress(waitWords(wait, clock().getTime()));
          await waitFor(Math.min(left, 1000), signal);
          signal.throwIfAborted();
        }
      },
    });
    return 'again';
  }

  /** A rollback that came too late is given up for the way on, once a person asks for that. */
  *#goForward(wait: Extract<Wait, { reason: 'stuck' }>): Flow<Next> {
    yield* note(`${capital(wait.words)}. It goes on with the new one.`, 'warning');
    yield* step(changeJournal(this.#asked, this.#id, { goal: 'forward' }));
    return 'again';
  }

  *#leave(wait: Wait, now: number): Flow<Next> {
    yield* note(`${capital(waitWords(wait, now))}.`, 'warning');
    yield* note(
      'castkeys rotate --resume goes on, and so does castkeys rotate --due; --rollback takes it back.',
    );
    return 'leave';
  }

  *#writeDown(wait: Wait, now: number): Flow<void> {
    const until = endOf(wait);
    const waiting = {
      reason: wait.reason,
      words: waitWords(wait, now),
      ...(until === undefined ? {} : { until: new Date(until).toISOString() }),
    };
    yield* step(changeJournal(this.#asked, this.#id, { waiting }));
  }
}

const stopped = (code: ErrorCode, message: string, next: string): CastkeysError =>
  new CastkeysError(code, message, next);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

async function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => {});
}
