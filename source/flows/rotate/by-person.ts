/** What only a person can do, in the console: asked for, and then looked at, never believed. */
import { type VerifiedKey, verifyKeyFor } from '../../credentials/credentials.ts';
import { ask, type Flow, note, type StepContext, step } from '../../flow/flow.ts';
import type { Secret } from '../../keychain/secret.ts';
import {
  type Action,
  currentAttempt,
  forgetOld,
  type Observed,
  perform,
  storeGivenKey,
  type Wait,
  waitWords,
} from '../../rotation/rotation.ts';
import { apiOf } from './api-of.ts';
import type { RotationAsked } from './asked.ts';
import { type ConsoleAct, consoleQuestion, newKeyQuestion } from './questions.ts';
import { worldOf } from './world-of.ts';

interface Unfinished {
  readonly asked: RotationAsked;
  readonly id: string;
  /** What the person said was done before, in this play. */
  readonly told: Set<string>;
  readonly failures: Map<string, string>;
}

type What = Extract<Wait, { reason: 'person' }>['what'];

export function* byPerson(unfinished: Unfinished, what: What, seen: Observed): Flow<'again' | 'leave'> {
  if (what === 'make-key') {
    const pasted = yield* ask(newKeyQuestion(seen.journal));
    const verified = yield* step(verify(unfinished, pasted));
    yield* step(store(unfinished, pasted, verified));
    return 'again';
  }
  if (unfinished.told.has(what)) {
    yield* note(
      `Cast AI does not show that yet: ${waitWords({ reason: 'person', what }, seen.now)}.`,
      'warning',
    );
    return 'leave';
  }
  const name = what === 'delete-new' ? currentAttempt(seen.journal)?.name : seen.journal.old.name;
  if (!(yield* ask(consoleQuestion(what, name)))) return 'leave';
  unfinished.told.add(what);
  if (seen.isBlind) yield* step(lookForOneself(unfinished, what, seen));
  return 'again';
}

const verify = ({ asked }: Unfinished, secret: Secret) => ({
  id: 'rotate.verify-new',
  title: 'Ask Cast AI about the new key',
  readOnly: true,
  run: ({ signal }: StepContext) => {
    const { origin, authorization } = apiOf(asked);
    return verifyKeyFor({ secret, origin, authorization, signal });
  },
  summary: ({ owner }: VerifiedKey) =>
    `it works, as ${owner.name ?? owner.email ?? owner.id ?? 'an owner it does not name'}`,
});

const store = ({ asked, id, failures }: Unfinished, secret: Secret, { key }: VerifiedKey) => ({
  id: 'rotate.store-new',
  title: 'Put the new key into the keychain, and read it back',
  run: async () => {
    const world = worldOf(asked, failures);
    await storeGivenKey(world, world.load(id), secret, key);
  },
});

/** Where the list can't be read, the key itself tells whether it is on; that it is deleted, only the person can tell. */
const lookForOneself = ({ asked, id, failures }: Unfinished, what: ConsoleAct, { journal }: Observed) => ({
  id: `rotate.see-${what}`,
  title: 'See for oneself',
  run: async ({ signal, progress }: StepContext) => {
    const world = worldOf(asked, failures, signal);
    for (const action of seeing(what, currentAttempt(journal)?.credentialId)) {
      await perform(world, world.load(id), action, progress);
    }
    if (what === 'delete-old') {
      await forgetOld(
        world,
        world.load(id),
        'the old key is refused, and was deleted in the console, as the person says',
      );
    }
  },
});

function seeing(what: ConsoleAct, newId: string | undefined): readonly Action[] {
  switch (what) {
    case 'disable-old':
    case 'delete-old':
      return [{ type: 'prove-dead' }];
    case 'enable-old':
      return [{ type: 'prove-old' }];
    case 'delete-new':
      return newId === undefined ? [] : [{ type: 'forget-new', credentialId: newId }];
  }
}
