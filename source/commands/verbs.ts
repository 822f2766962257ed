import type { Command } from './command.ts';

/** A verb of the command line, loaded only when it is called. */
export interface Verb {
  readonly words: readonly string[];
  readonly summary: string;
  readonly load: () => Promise<{ readonly command: Command }>;
}

/** Every verb, in the order help lists them. */
export const verbs: readonly Verb[] = [
  { words: ['setup'], summary: 'the onboarding wizard', load: () => import('./setup.ts') },
  {
    words: ['dashboard'],
    summary: 'all profiles at a glance, live',
    load: () => import('./dashboard.ts'),
  },
  { words: ['use'], summary: 'switch the active profile', load: () => import('./use.ts') },
  { words: ['status'], summary: 'the checklist', load: () => import('./status.ts') },
  {
    words: ['rotate'],
    summary: 'replace a key without an outage',
    load: () => import('./rotate.ts'),
  },
  {
    words: ['run'],
    summary: 'run a command with the key, or behind the broker',
    load: () => import('./run.ts'),
  },
  {
    words: ['broker'],
    summary: 'the broker, for several programs',
    load: () => import('./broker.ts'),
  },
  {
    words: ['scan'],
    summary: 'look for keys in files and in every git object',
    load: () => import('./scan.ts'),
  },
  { words: ['profiles', 'list'], summary: 'list the profiles', load: () => import('./profiles-list.ts') },
  { words: ['profiles', 'show'], summary: 'show a profile', load: () => import('./profiles-show.ts') },
  { words: ['profiles', 'add'], summary: 'add a profile', load: () => import('./profiles-add.ts') },
  { words: ['profiles', 'edit'], summary: 'change a profile', load: () => import('./profiles-edit.ts') },
  {
    words: ['profiles', 'remove'],
    summary: 'remove a profile and its keys',
    load: () => import('./profiles-remove.ts'),
  },
  { words: ['keys', 'list'], summary: 'list the keys of a profile', load: () => import('./keys-list.ts') },
  { words: ['keys', 'add'], summary: 'verify a key and store it', load: () => import('./keys-add.ts') },
  {
    words: ['keys', 'adopt'],
    summary: "find out which of Cast AI's keys a stored one is",
    load: () => import('./keys-adopt.ts'),
  },
  {
    words: ['keys', 'remove'],
    summary: 'remove a key from the keychain',
    load: () => import('./keys-remove.ts'),
  },
  {
    words: ['webhook'],
    summary: 'everything about webhooks on one screen',
    load: () => import('./webhook.ts'),
  },
  {
    words: ['webhook', 'secret'],
    summary: 'make, keep and replace a webhook secret',
    load: () => import('./webhook-secret.ts'),
  },
  {
    words: ['webhook', 'sign'],
    summary: 'sign a payload with the webhook secret',
    load: () => import('./webhook-sign.ts'),
  },
  {
    words: ['webhook', 'verify'],
    summary: 'say whether a signature is genuine',
    load: () => import('./webhook-verify.ts'),
  },
  {
    words: ['webhook', 'probe'],
    summary: 'send an endpoint genuine and forged webhooks',
    load: () => import('./webhook-probe.ts'),
  },
  {
    words: ['webhook', 'relay'],
    summary: "receive Cast AI's webhooks, and forward them signed",
    load: () => import('./webhook-relay.ts'),
  },
  {
    words: ['audit', 'list'],
    summary: 'what was done with keys and profiles',
    load: () => import('./audit-list.ts'),
  },
  {
    words: ['audit', 'verify'],
    summary: 'prove that the audit log is whole',
    load: () => import('./audit-verify.ts'),
  },
  {
    words: ['audit', 'verify-report'],
    summary: 'say whether a report is genuine',
    load: () => import('./audit-verify-report.ts'),
  },
  {
    words: ['audit', 'reconcile'],
    summary: "compare it with Cast AI's own log",
    load: () => import('./audit-reconcile.ts'),
  },
  {
    words: ['audit', 'export'],
    summary: 'export the audit log, or its head',
    load: () => import('./audit-export.ts'),
  },
  {
    words: ['clean-up'],
    summary: 'take keys out of the files they lie in',
    load: () => import('./clean-up.ts'),
  },
  {
    words: ['doctor'],
    summary: 'what works on this machine and what does not',
    load: () => import('./doctor.ts'),
  },
  {
    words: ['demo'],
    summary: 'the whole story against the practice server',
    load: () => import('./demo.ts'),
  },
  { words: ['practice'], summary: 'just the practice server', load: () => import('./practice.ts') },
  {
    words: ['completion'],
    summary: 'completion for bash, zsh and fish',
    load: () => import('./completion.ts'),
  },
  { words: ['help'], summary: 'a command, or a topic, explained', load: () => import('./help-topic.ts') },
];

/** What a noun alone means: `castkeys profiles` lists them. */
const defaults: Readonly<Record<string, string>> = { profiles: 'list', keys: 'list', audit: 'list' };

/** The verb that words begin with, and the words behind it; undefined where there is none. */
export function findVerb(
  words: readonly string[],
): { readonly verb: Verb; readonly rest: readonly string[] } | undefined {
  const candidates = [words.slice(0, 2), words.slice(0, 1)];
  for (const candidate of candidates) {
    const verb = verbs.find(
      ({ words: own }) => own.length === candidate.length && own.every((word, at) => word === candidate[at]),
    );
    if (verb) return { verb, rest: words.slice(candidate.length) };
  }
  const [noun = '', next] = words;
  const implied = Object.hasOwn(defaults, noun) ? defaults[noun] : undefined;
  if (implied && (next === undefined || next.startsWith('-')))
    return findVerb([noun, implied, ...words.slice(1)]);
  return undefined;
}
