import { describe, expect, it } from 'vitest';
import { actsFor } from '../../../source/commands/dashboard/acts.ts';
import { parseCall } from '../../../source/commands/parse-call.ts';
import { findVerb } from '../../../source/commands/verbs.ts';
import { ownKeys } from '../../../source/frontends/ink/dashboard/dashboard-keys.ts';
import { aBoardKey, aProfile } from '../../frontends/ink/dashboard/support/boards.ts';

const profiles = [
  undefined,
  aProfile('staging', { keys: [] }),
  aProfile('staging'),
  aProfile('staging', { keys: [aBoardKey(), aBoardKey({ role: 'writer' })], usedBecause: 'by a flag' }),
];

describe.each(profiles.map(profile => [profile?.keys.length ?? 'no profile', profile] as const))(
  'what can be done (keys: %s)',
  (_, profile) => {
    const acts = actsFor(profile);

    it('is a command that exists, with options that it has', async () => {
      for (const { words } of acts) {
        const found = findVerb(words);
        if (!found) throw new Error(`no verb ${words.join(' ')}`);
        const { command } = await found.verb.load();
        expect(() => parseCall(command, found.rest)).not.toThrow();
      }
    });

    it('has keys that nothing else has, and each called by one name', () => {
      for (const { key } of acts) expect(key === undefined || !ownKeys.has(key)).toBe(true);
      const labels = new Map<string, Set<string>>();
      for (const { key, label } of acts)
        if (key && label) labels.set(key, (labels.get(key) ?? new Set()).add(label));
      expect([...labels.values()].every(({ size }) => size === 1)).toBe(true);
    });

    it('is each called differently', () => {
      expect(new Set(acts.map(({ title }) => title)).size).toBe(acts.length);
    });
  },
);

it('names the profile wherever it is about one', () => {
  const general = new Set(actsFor(undefined).map(({ title }) => title));
  for (const { title, words } of actsFor(aProfile('staging')))
    if (!general.has(title)) expect(words).toContain('staging');
});
