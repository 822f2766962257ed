import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { enter } from '../audit/audit.ts';
import { writeJson } from '../home/home.ts';
import type { Install } from '../install/install.ts';
import type { CheckResult } from './measure-checklist.ts';

/** By profile, the checks that failed when they were last measured. */
const redSchema = v.record(v.string(), v.array(v.string()));

/**
 * Enters which checks have gone red since they were last measured, and which no longer are. Measuring is no use to
 * anybody if it fails for want of a line: what can't be entered now is entered by the next one that can.
 */
export async function enterChanges(
  install: Install,
  profile: string,
  results: readonly CheckResult[],
): Promise<void> {
  const file = join(install.home.state, 'red-checks.json');
  const known = readRed(file);
  const before = new Set(known[profile] ?? []);
  const decided = results.filter(({ state }) => state !== 'unknown');
  const changed = decided.filter(({ id, state }) => (state === 'fail') !== before.has(id));
  if (changed.length === 0) return;
  try {
    await Promise.all(changed.map(result => enter(install, actOf(profile, result))));
    const after = new Set(before);
    for (const { id, state } of changed) {
      if (state === 'fail') after.add(id);
      else after.delete(id);
    }
    await writeJson(file, { ...known, [profile]: [...after] });
  } catch {}
}

const actOf = (profile: string, { id, state, evidence }: CheckResult) =>
  ({
    action: state === 'fail' ? 'check.failed' : 'check.mended',
    resource: `check:${profile}/${id}`,
    metadata: { state, evidence },
  }) as const;

function readRed(file: string): v.InferOutput<typeof redSchema> {
  if (!existsSync(file)) return {};
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), redSchema), readFileSync(file, 'utf8'));
  return result.success ? result.output : {};
}
