import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { CastkeysError } from '../errors.ts';
import { type Home, writeJson } from '../home/home.ts';

const intentSchema = v.object({
  origin: v.string(),
  organizationId: v.string(),
  accountId: v.string(),
  /** Of the key, and no other's. */
  name: v.string(),
  /** ISO 8601. */
  at: v.string(),
});
const fileSchema = v.pipe(v.string(), v.parseJson(), v.array(intentSchema));

/** A key about to be made: the only trace of one whose maker was killed before the answer came. */
export type Intent = v.InferOutput<typeof intentSchema>;

const fileIn = (home: Home): string => join(home.state, 'intents.json');

/**
 * @throws CastkeysError `config-invalid` for a file that castkeys didn't write: guessing would leave orphans.
 */
export function readIntents(home: Home): readonly Intent[] {
  const file = fileIn(home);
  if (!existsSync(file)) return [];
  const result = v.safeParse(fileSchema, readFileSync(file, 'utf8'));
  if (result.success) return result.output;
  throw new CastkeysError(
    'config-invalid',
    `${file} can't be read: it names keys that were about to be made. It was left as it is.`,
    'look at it, then move it away; keys named castkeys/… that nobody uses can be deleted in the console',
  );
}

/** On disk when it resolves. */
export async function addIntent(home: Home, intent: Intent): Promise<void> {
  await writeJson(fileIn(home), [...readIntents(home), intent]);
}

export async function dropIntent(home: Home, name: string): Promise<void> {
  const others = readIntents(home).filter(intent => intent.name !== name);
  await writeJson(fileIn(home), others);
}
