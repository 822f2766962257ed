/** The dashboard's own keys; the others belong to the acts it is handed. */
import type { Shortcut } from '../keys.ts';

export const movingKeys = [
  { action: 'up', keys: ['up', 'k', 'ctrl-p'], hint: { keys: 'upDown', label: 'choose', isOptional: true } },
  { action: 'down', keys: ['down', 'j', 'ctrl-n'] },
  { action: 'first', keys: ['home', 'g'] },
  { action: 'last', keys: ['end', 'G'] },
] as const satisfies readonly Shortcut[];

export const boardKeys = [
  { action: 'open', keys: ['enter', 'right'], hint: { keys: 'enter', label: 'checks' } },
  { action: 'fix', keys: ['f'], hint: { keys: 'f', label: 'fix', isOptional: true } },
  { action: 'find', keys: ['/'] },
] as const satisfies readonly Shortcut[];

export const profileKeys = [
  { action: 'fix', keys: ['enter', 'f'], hint: { keys: 'enter', label: 'fix' } },
  { action: 'back', keys: ['escape', 'left'], hint: { keys: 'esc', label: 'back' } },
  { action: 'next-profile', keys: ['tab'], hint: { keys: 'tab', label: 'next profile', isOptional: true } },
] as const satisfies readonly Shortcut[];

/** Wherever one is. */
export const everywhereKeys = [
  { action: 'measure', keys: ['m'] },
  { action: 'palette', keys: [':', ' '], hint: { keys: ':', label: 'all' } },
  { action: 'help', keys: ['?'], hint: { keys: '?', label: 'help' } },
  { action: 'leave', keys: ['q'], hint: { keys: 'q', label: 'leave' } },
] as const satisfies readonly Shortcut[];

export const pageKeys = [
  { action: 'up', keys: ['up', 'k'], hint: { keys: 'upDown', label: 'scroll', isOptional: true } },
  { action: 'down', keys: ['down', 'j', ' '] },
  { action: 'first', keys: ['home', 'g'] },
  { action: 'last', keys: ['end', 'G'] },
  { action: 'back', keys: ['enter', 'escape', 'q', 'left'], hint: { keys: 'enter', label: 'back' } },
] as const satisfies readonly Shortcut[];

export const paletteKeys = [
  { action: 'up', keys: ['up', 'ctrl-p'], hint: { keys: 'upDown', label: 'choose', isOptional: true } },
  { action: 'down', keys: ['down', 'ctrl-n', 'tab'] },
  { action: 'start', keys: ['enter'], hint: { keys: 'enter', label: 'do it' } },
  { action: 'close', keys: ['escape', 'ctrl-c'], hint: { keys: 'esc', label: 'close' } },
  { action: 'erase', keys: ['backspace', 'ctrl-h'] },
  { action: 'clear', keys: ['ctrl-u', 'ctrl-w'] },
] as const satisfies readonly Shortcut[];

/** The keys that acts can't have. */
export const ownKeys: ReadonlySet<string> = new Set(
  [movingKeys, boardKeys, profileKeys, everywhereKeys].flatMap(table =>
    table.flatMap(({ keys }) => [...keys]),
  ),
);
