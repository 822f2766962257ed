import type { Key, KeyName } from './keys.ts';

/** The control characters that are keys of their own. */
const named: Readonly<Record<string, KeyName>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\x1b': 'escape',
  '\x7f': 'backspace',
};

/**
 * The keys in a piece of terminal input that has no escape sequence. A terminal delivers chunks, not keys: a fast
 * typist, `tmux send-keys` or a paste without brackets gives `abc` and Enter in one.
 */
export function splitKeys(chunk: string): readonly Key[] {
  // Windows and some pastes end a line with both; one Enter is meant.
  return Array.from(chunk.replaceAll('\r\n', '\r'), asKey);
}

function asKey(character: string): Key {
  const name = named[character];
  if (name !== undefined) return { type: 'key', name };
  const code = character.charCodeAt(0);
  if (code < 0x20) return { type: 'key', name: `ctrl-${String.fromCharCode(code + 0x60)}` };
  return { type: 'character', text: character };
}
