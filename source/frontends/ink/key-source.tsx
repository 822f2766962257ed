import { type Key as InkKey, useApp, useInput, usePaste } from 'ink';
import { actionOf, type Key, type KeyName, sessionKeys } from './keys.ts';
import { splitKeys } from './split-keys.ts';
import { canSuspend, stopUntilContinued } from './suspend.ts';

interface Props {
  readonly onKeys: (keys: readonly Key[]) => void;
  /** The process was stopped by Ctrl+Z and goes on; what was on the screen is gone. */
  readonly onContinued: () => void;
}

/**
 * The one place where keys come in. It is mounted for the whole session, so the terminal stays raw between questions
 * and while steps run: nothing that is typed is echoed, least of all a secret typed ahead.
 */
export function KeySource({ onKeys, onContinued }: Props) {
  const { suspendTerminal } = useApp();
  useInput((input, flags) => {
    const keys = keysOf(input, flags);
    const suspends = keys.some(key => actionOf(sessionKeys, key) === 'suspend');
    if (suspends && canSuspend()) void suspendTerminal(stopUntilContinued).then(onContinued);
    else onKeys(keys);
  });
  usePaste(text => onKeys([{ type: 'paste', text }]));
  return null;
}

const flagged = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'escape'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
] as const satisfies readonly (readonly [keyof InkKey, KeyName])[];

/** Our keys from Ink's: it parses escape sequences, we part what came in one piece. */
export function keysOf(input: string, flags: InkKey): readonly Key[] {
  const name = flagged.find(([flag]) => flags[flag])?.[1];
  if (name !== undefined) return [{ type: 'key', name }];
  // Alt and the like type nothing.
  if (flags.meta || flags.super || flags.hyper) return [];
  if (flags.ctrl) return [{ type: 'key', name: `ctrl-${input}` }];
  return splitKeys(input);
}
