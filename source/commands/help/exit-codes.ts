import { exitCode, exitCodes } from '../../errors.ts';
import { columns, prose } from '../columns.ts';
import type { TopicText } from './topics.ts';

const meanings: Readonly<Record<keyof typeof exitCode, string>> = {
  done: 'done, and everything asked for holds',
  failed: 'failed',
  usage: 'the command line, an answers file or a config file is wrong',
  badAnswer: 'it ran, and the answer is bad: a check fails, a key was found, a log or a signature is false',
  keychain: 'the keychain is missing, locked, denied or does not answer',
  refused: 'Cast AI says the key is wrong or may not do this',
  unreachable: "Cast AI can't be reached or understood; nothing is concluded from it",
  unfinished: 'a rotation is unfinished; it says how to go on',
  interrupted: 'interrupted (Ctrl+C)',
  terminated: 'terminated (SIGTERM)',
};

export const text: TopicText = () =>
  [
    prose('Exit codes. Below each: the codes that --json puts into {"error": {"code": …}}.'),
    ...Object.entries(meanings).flatMap(([name, meaning]) => rowsOf(name, meaning)),
    '',
    prose(
      'castkeys run ends with the code of its own command: 128+n for signal n, 127 where it is not found, 126 where it can not be executed.',
    ),
  ].join('\n');

function rowsOf(name: string, meaning: string): readonly string[] {
  const code = Object.entries(exitCode).find(([known]) => known === name)?.[1];
  const errors = Object.entries(exitCodes).flatMap(([error, exits]) => (exits === code ? [error] : []));
  return columns([
    [String(code ?? '').padEnd(3), meaning],
    ...(errors.length > 0 ? [['', errors.join(' ')] as const] : []),
  ]);
}
