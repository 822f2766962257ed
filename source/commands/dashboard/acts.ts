/** What can be done from the dashboard. A verb that wants to be started from there takes a line here. */
import type { Act, BoardProfile } from '../../frontends/ink/ink.tsx';

/** Every act, for the profile that is looked at; keys of one letter, those that share one are offered together. */
export function actsFor(profile: BoardProfile | undefined): readonly Act[] {
  return [...(profile ? aboutProfile(profile) : []), ...aboutNone];
}

const aboutNone: readonly Act[] = [
  {
    key: 'l',
    label: 'look for leaks',
    title: 'Look for keys in this directory and its history',
    words: ['scan'],
  },
  { key: 'c', label: 'clean up', title: 'Take keys out of the files they lie in', words: ['clean-up'] },
  { key: 's', label: 'set up', title: 'Set up another environment', words: ['setup'] },
  { key: 't', label: 'audit', title: 'List what was done with keys and profiles', words: ['audit', 'list'] },
  { key: 't', label: 'audit', title: 'Prove that the audit log is whole', words: ['audit', 'verify'] },
  { key: 'd', label: 'doctor', title: 'Examine this machine', words: ['doctor'] },
];

function aboutProfile({ name, keys, usedBecause, waits }: BoardProfile): readonly Act[] {
  const about = ['--profile', name];
  const filled = keys.map(({ role }) => role);
  const roles = ['reader', 'writer'];
  return [
    ...filled.flatMap(role => rotations(role, waits.find(wait => wait.role === role) !== undefined, about)),
    ...roles.map(role => ({
      key: 'a',
      label: 'add key',
      ...(filled.includes(role)
        ? { title: `Replace the ${role} key`, words: ['keys', 'add', '--role', role, '--replace', ...about] }
        : { title: `Add the ${role} key`, words: ['keys', 'add', '--role', role, ...about] }),
    })),
    {
      key: 'a',
      title: 'Store the admin key of the organization',
      words: ['keys', 'add', '--role', 'admin', ...about],
    },
    ...(usedBecause === undefined
      ? [{ key: 'u', label: 'use', title: `Use ${name} from now on`, words: ['use', name] }]
      : []),
    { key: 'p', label: 'pin here', title: `Use ${name} in this directory`, words: ['use', name, '--here'] },
    {
      key: 'w',
      label: 'webhooks',
      title: `Everything about the webhooks of ${name}`,
      words: ['webhook', ...about],
    },
    ...filled.map(role => ({
      key: 'o',
      label: 'find at Cast AI',
      title: `Find out which key at Cast AI the ${role} is`,
      words: ['keys', 'adopt', '--role', role, ...about],
    })),
    { key: 'i', label: 'show', title: `Show ${name}`, words: ['profiles', 'show', name] },
    ...filled.map(role => ({
      key: 'x',
      label: 'remove',
      title: `Remove the ${role} key`,
      words: ['keys', 'remove', '--role', role, ...about],
    })),
    { key: 'x', label: 'remove', title: `Remove the profile ${name}`, words: ['profiles', 'remove', name] },
  ];
}

/** An unfinished rotation is gone on with, or taken back, before there can be another. */
function rotations(role: string, isUnderWay: boolean, about: readonly string[]): readonly Act[] {
  const act = (title: string, ...options: readonly string[]): Act => ({
    key: 'r',
    label: 'rotate',
    title,
    words: ['rotate', '--role', role, ...options, ...about],
  });
  return isUnderWay
    ? [
        act(`Go on rotating the ${role} key`, '--resume'),
        act(`Take the rotation of the ${role} key back`, '--rollback'),
      ]
    : [
        act(`Rotate the ${role} key`),
        act(`Say what rotating the ${role} key would do`, '--plan'),
        act(`The ${role} key leaked: replace it now`, '--emergency'),
      ];
}
