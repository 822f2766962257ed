import { basename } from 'node:path';
import { ask, askedOf, type Choice, type Flow, select } from '../../flow/flow.ts';
import type { PlaintextKey } from '../../plaintext/plaintext.ts';
import { printable } from '../../printable.ts';
import type { Environment, Role } from '../../profiles/profiles.ts';
import type { Session, Source } from './session.ts';

export interface Slot {
  readonly name: string;
  readonly environment: Environment;
  readonly role: Role;
}

/** Where the key of a slot comes from; with it the key that lies about, where it is that. */
export function* chooseSource(
  slot: Slot,
  session: Session,
): Flow<{ readonly source: Source; readonly imported?: PlaintextKey }> {
  const candidates = candidatesFor(slot, session.plaintext);
  const choices: readonly Choice<Source>[] = [
    ...candidates.map(key => ({
      value: importOf(key),
      title: `Take ${printable(key.name || 'the key', 40)}`,
      hint: `from ${whereOf(key)}`,
    })),
    { value: 'paste', title: 'Paste one', hint: 'from the Cast AI console' },
    { value: 'make', title: 'Let castkeys make one', hint: 'with the least rights; takes an Owner' },
    { value: 'later', title: 'Later', hint: 'castkeys setup asks again' },
  ];
  const [best] = candidates;
  const source = yield* ask(
    askedOf(
      slot.name,
      select({
        id: `source.${slot.role}`,
        message: `Where does the ${slot.role} key of ${slot.name} come from?`,
        choices,
        fallback: best && isMeantFor(best, slot) ? importOf(best) : session.source,
        // What lies about is taken in only where somebody says so.
        unattended: 'paste',
      }),
    ),
  );
  const imported = candidates.find(key => importOf(key) === source);
  return imported ? { source, imported } : { source };
}

/** Stable, so that an answers file can say it. */
const importOf = (key: PlaintextKey): Source => `import ${whereOf(key)}${key.name ? ` ${key.name}` : ''}`;

const whereOf = (key: PlaintextKey): string =>
  key.place === 'file' ? `${printable(basename(key.file.path), 40)}:${key.line}` : "this shell's environment";

/** What its name doesn't rule out, the likeliest first. */
function candidatesFor(slot: Slot, plaintext: readonly PlaintextKey[]): readonly PlaintextKey[] {
  const likeliness = (key: PlaintextKey) =>
    Number(key.environment === slot.environment) * 2 + Number(key.role === slot.role);
  const possible = plaintext.filter(
    ({ kind, role, environment }) =>
      kind === 'key' &&
      (role ?? slot.role) === slot.role &&
      (environment ?? slot.environment) === slot.environment,
  );
  return distinct(possible).toSorted((one, other) => likeliness(other) - likeliness(one));
}

/** A key in two places is one key. */
function distinct(keys: readonly PlaintextKey[]): readonly PlaintextKey[] {
  const seen = new Set<string>();
  return keys.filter(({ secret }) => !seen.has(secret.reveal()) && seen.add(secret.reveal()));
}

/** What says nothing of where it belongs is first thought to be for reading. */
const isMeantFor = ({ role, environment }: PlaintextKey, slot: Slot): boolean =>
  environment !== undefined || role !== undefined || slot.role === 'reader';
