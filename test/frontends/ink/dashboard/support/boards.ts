/** Boards and acts to look at. */
import type { Act, Board, BoardKey, BoardProfile } from '../../../../../source/frontends/ink/ink.tsx';

export const aBoardKey = (over: Partial<BoardKey> = {}): BoardKey => ({
  role: 'reader',
  age: 12,
  allowed: 90,
  left: 78,
  notice: 14,
  expires: false,
  isAtLeast: false,
  ...over,
});

export const aProfile = (name: string, over: Partial<BoardProfile> = {}): BoardProfile => ({
  name,
  environment: name,
  region: 'us',
  practice: false,
  keys: [aBoardKey()],
  checks: [
    { id: 'keychain', title: 'Keys are in the keychain', state: 'pass', evidence: 'read back' },
    {
      id: 'keys-live',
      title: 'Every key works',
      state: 'fail',
      evidence: 'refused',
      fix: 'castkeys keys add --role reader --replace',
    },
    { id: 'leaks', title: 'No key is in git history', state: 'unknown', evidence: 'not measured yet' },
  ],
  measuredAt: '2026-01-01T00:00:00.000Z',
  waits: [],
  ...over,
});

export const aBoard = (...profiles: readonly BoardProfile[]): Board => ({ store: 'keychain', profiles });

export const someActs: readonly Act[] = [
  { key: 's', label: 'set up', title: 'Set up another environment', words: ['setup'] },
  { key: 'a', label: 'add key', title: 'Add the reader key', words: ['keys', 'add', '--role', 'reader'] },
  { key: 'a', title: 'Add the writer key', words: ['keys', 'add', '--role', 'writer'] },
  { title: 'Show it', words: ['profiles', 'show', 'staging'] },
];
