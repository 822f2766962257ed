import { type Flow, play, secret, text } from '../../../../source/flow/flow.ts';
import { type Answers, scripted } from '../../../../source/frontends/scripted/scripted.ts';
import { Secret } from '../../../../source/keychain/secret.ts';

/** A secret that is never to be printed. */
export const canary = ['a', 'canary', 'value'].join('-');

interface Wanted {
  readonly answers?: Answers;
  readonly env?: NodeJS.ProcessEnv;
  readonly json?: boolean;
  readonly yes?: boolean;
}

/** Plays a story with nobody at the terminal. */
export async function unattended<T>(
  story: () => Flow<T>,
  { answers = {}, env = {}, json = false, yes = false }: Wanted = {},
) {
  const lines: string[] = [];
  const outcome = await play(story, {
    name: 'story',
    title: 'A story',
    frontEnd: scripted({ answers, env, json, yes, print: line => void lines.push(line) }),
    signal: new AbortController().signal,
  });
  return { outcome, lines };
}

export const name = text({ id: 'name', message: 'Name?' });
export const key = secret({
  id: 'key',
  message: 'Key?',
  read: pasted => (pasted.includes('bad') ? { problem: 'Not that one.' } : { secret: new Secret(pasted) }),
});
