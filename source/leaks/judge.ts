import type { Finding, Located } from './finding.ts';
import type { Register, Registered } from './registered.ts';

export interface Judged {
  readonly findings: readonly Finding[];
  /** What the repository's file says is no finding. A key of ours that is in use can't be silenced. */
  readonly ignored: readonly Finding[];
}

/** Says whose each key is, and what to do about it. `ignore`: keys that are no finding, by what names them. */
export function judgeAll(
  located: readonly Located[],
  register: Register,
  ignore: ReadonlySet<string>,
): Judged {
  const all = located.map(one => judge(one, register)).toSorted((one, other) => rank(one) - rank(other));
  const isIgnored = ({ kind, retiredAt, content }: Finding) =>
    ignore.has(content) && (kind === 'pattern' || retiredAt !== undefined);
  return { findings: all.filter(one => !isIgnored(one)), ignored: all.filter(isIgnored) };
}

/** What can be done something about comes first, what is no danger last. */
function rank({ kind, retiredAt, gone }: Finding): number {
  if (gone) return 3;
  if (kind === 'pattern') return 2;
  return retiredAt === undefined ? 0 : 1;
}

function judge(located: Located, { byId, byFingerprint }: Register): Finding {
  const { fingerprint, ...shown } = located;
  const own = byId.get(shown.credential ?? '') ?? byFingerprint.get(fingerprint ?? '');
  if (!own) {
    const { credential: _, ...nobodys } = shown;
    return { kind: 'pattern', ...nobodys, next: 'castkeys scan --live' };
  }
  const { credential, profile, role, retiredAt, gone } = own;
  return {
    kind: 'own-key',
    ...shown,
    credential,
    ...(profile === undefined ? {} : { profile }),
    ...(role === undefined ? {} : { role }),
    ...(retiredAt === undefined ? {} : { retiredAt }),
    ...(gone ? { gone } : {}),
    next: nextForOwn(own, located),
  };
}

/** Files that castkeys clean-up knows how to take a key out of. */
const cleanable = /(?:^|\/)\.env(?:[.\w-]*)$|\.env$|\.tfvars(?:\.json)?$|(?:^|\/)\.envrc$/;

function nextForOwn(
  { profile, role, gone, retiredAt }: Registered,
  { content, where, path = '' }: Located,
): string {
  // Nobody else has seen that one yet: it is enough to take it out.
  if (where === 'worktree' && cleanable.test(path)) return 'castkeys clean-up';
  if (gone) return `castkeys scan --ignore ${content} --reason revoked`;
  const which = [
    ...(profile === undefined ? [] : [`--profile ${profile}`]),
    ...(role === undefined ? [] : [`--role ${role}`]),
  ].join(' ');
  return `castkeys rotate ${retiredAt === undefined ? '--emergency' : '--resume'} ${which}`.trimEnd();
}
