/** Every key and what it does, declared once: the reducers act on these tables and the footer is made from them. */
import type { Question } from '../../flow/flow.ts';
import type { Symbols } from './symbols.ts';

/** One thing that came from the keyboard. A paste is whole, however many pieces it came in. */
export type Key =
  | { readonly type: 'key'; readonly name: KeyName }
  | { readonly type: 'character'; readonly text: string }
  | { readonly type: 'paste'; readonly text: string };

export type KeyName =
  | 'enter'
  | 'escape'
  | 'tab'
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'home'
  | 'end'
  | 'backspace'
  | 'delete'
  | `ctrl-${string}`;

/** The keys that mean an action: named ones, or the characters they type. */
export interface Shortcut<Action extends string = string> {
  readonly action: Action;
  readonly keys: readonly string[];
  /** What the footer says of it; absent where everybody knows it, or another's hint covers it. */
  readonly hint?: {
    readonly keys: string;
    readonly label: string;
    /** Left out first where there is no room. */
    readonly isOptional?: boolean;
  };
}

export const textKeys = [
  { action: 'left', keys: ['left', 'ctrl-b'] },
  { action: 'right', keys: ['right', 'ctrl-f'] },
  { action: 'start', keys: ['home', 'ctrl-a'] },
  { action: 'end', keys: ['end', 'ctrl-e'] },
  { action: 'erase-before', keys: ['backspace', 'ctrl-h'] },
  { action: 'erase-after', keys: ['delete', 'ctrl-d'] },
  { action: 'erase-word', keys: ['ctrl-w'] },
  { action: 'erase-to-start', keys: ['ctrl-u'] },
  { action: 'erase-to-end', keys: ['ctrl-k'] },
] as const satisfies readonly Shortcut[];

export const secretKeys = [
  { action: 'clear', keys: ['ctrl-u', 'ctrl-w'], hint: { keys: '^U', label: 'clear' } },
  { action: 'erase', keys: ['backspace', 'ctrl-h'] },
] as const satisfies readonly Shortcut[];

export const selectKeys = [
  { action: 'up', keys: ['up', 'k', 'ctrl-p'], hint: { keys: 'upDown', label: 'choose' } },
  { action: 'down', keys: ['down', 'j', 'ctrl-n', 'tab'] },
  { action: 'first', keys: ['home', 'g'] },
  { action: 'last', keys: ['end', 'G'] },
] as const satisfies readonly Shortcut[];

export const multiselectKeys = [
  ...selectKeys,
  { action: 'mark', keys: [' ', 'x'], hint: { keys: 'space', label: 'mark' } },
  { action: 'all', keys: ['a'], hint: { keys: 'a', label: 'all' } },
] as const satisfies readonly Shortcut[];

export const confirmKeys = [
  { action: 'yes', keys: ['y', 'Y'], hint: { keys: 'y/n', label: 'answer' } },
  { action: 'no', keys: ['n', 'N'] },
  { action: 'other', keys: ['left', 'right', 'up', 'down', 'tab', 'h', 'l'] },
] as const satisfies readonly Shortcut[];

/** What works in every question. */
export const questionKeys = [
  { action: 'submit', keys: ['enter'], hint: { keys: 'enter', label: 'continue' } },
  { action: 'back', keys: ['escape'], hint: { keys: 'esc', label: 'back' } },
] as const satisfies readonly Shortcut[];

/** What works all the time. */
export const sessionKeys = [
  { action: 'cancel', keys: ['ctrl-c'], hint: { keys: '^C', label: 'cancel' } },
  { action: 'suspend', keys: ['ctrl-z'] },
] as const satisfies readonly Shortcut[];

export const watchKeys = [
  { action: 'measure', keys: ['r'], hint: { keys: 'r', label: 'measure now' } },
  { action: 'leave', keys: ['q', 'escape'], hint: { keys: 'q', label: 'leave' } },
] as const satisfies readonly Shortcut[];

const ownKeys: Readonly<Record<Question['kind'], readonly Shortcut[]>> = {
  text: textKeys,
  secret: secretKeys,
  select: selectKeys,
  multiselect: multiselectKeys,
  confirm: confirmKeys,
};

/** The action a key stands for in a table, if any. */
export function actionOf<Action extends string>(
  table: readonly Shortcut<Action>[],
  key: Key,
): Action | undefined {
  if (key.type === 'paste') return undefined;
  const pressed = key.type === 'key' ? key.name : key.text;
  return table.find(shortcut => shortcut.keys.includes(pressed))?.action;
}

/** The shortcuts that do something right now, in the order the footer shows them. */
export function shortcutsFor(
  open: { readonly question: Question; readonly canGoBack: boolean } | undefined,
): readonly Shortcut[] {
  if (!open) return sessionKeys;
  const [submit, back] = questionKeys;
  return [submit, ...ownKeys[open.question.kind], ...(open.canGoBack ? [back] : []), ...sessionKeys];
}

/** A key as the footer writes it. */
export interface Hint {
  readonly keys: string;
  readonly label: string;
}

/** Blank columns between two hints. */
export const hintGap = 3;

/**
 * The hints of these shortcuts. Where they don't all fit, the optional ones go, the last first, and then those that belong
 * to one kind of question.
 */
export function hintsOf(shortcuts: readonly Shortcut[], symbols: Symbols, columns: number): readonly Hint[] {
  let kept = shortcuts;
  while (widthOf(kept, symbols) > columns) {
    const leastNeeded = kept.findLastIndex(({ hint }) => hint?.isOptional);
    if (leastNeeded === -1) return hintsOfAll(kept.filter(isCommon), symbols);
    kept = kept.toSpliced(leastNeeded, 1);
  }
  return hintsOfAll(kept, symbols);
}

const common: readonly Shortcut[] = [...questionKeys, ...sessionKeys];
const isCommon = (shortcut: Shortcut): boolean => common.includes(shortcut);

const hintsOfAll = (shortcuts: readonly Shortcut[], symbols: Symbols): readonly Hint[] =>
  shortcuts.flatMap(shortcut => hintOf(shortcut, symbols));

const widthOf = (shortcuts: readonly Shortcut[], symbols: Symbols): number =>
  hintsOfAll(shortcuts, symbols).reduce(
    (sum, { keys, label }) => sum + keys.length + 1 + label.length + hintGap,
    -hintGap,
  );

function hintOf({ hint }: Shortcut, { keys }: Symbols): readonly Hint[] {
  const names: Readonly<Record<string, string>> = keys;
  return hint ? [{ keys: names[hint.keys] ?? hint.keys, label: hint.label }] : [];
}
