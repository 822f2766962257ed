import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openTerminal } from '../../support/terminal.ts';
import { type Answer, answerInLines, answerOnScreen, asScript } from './answering.ts';

/** What came of a play: how it ended, what was told, and what is stored. */
export interface Result {
  readonly outcome: { readonly type: string };
  readonly events: readonly unknown[];
  readonly config: { readonly profiles: Readonly<Record<string, unknown>>; readonly activeProfile?: string };
  /** Each account, and which key it holds. */
  readonly keychain: readonly (readonly [string, string])[];
}

export interface Play {
  /** The bundled fixture. */
  readonly program: string;
  readonly flow: string;
  readonly url: string;
  /** Every key of the play, by a name. */
  readonly keys: Readonly<Record<string, string>>;
  readonly answers: readonly Answer[];
}

/** Plays a flow with an answers file. */
export function playScripted(play: Play): Promise<Result> {
  return inDirectory(async directory => {
    const pasted = play.answers.find(answer => 'paste' in answer)?.paste ?? '';
    const answers = Object.fromEntries(play.answers.map(answer => [answer.id, asScript(answer)]));
    const env = {
      ...variablesFor(play, 'scripted', directory),
      ANSWERS: JSON.stringify(answers),
      PASTED: pasted,
    };
    const child = spawn(process.execPath, [play.program], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
}

/** Plays a flow in a terminal, as a person would. Whatever is pasted never shows. */
export function playTyped(play: Play, frontEnd: 'linear' | 'ink'): Promise<Result> {
  return inDirectory(async directory => {
    await using terminal = openTerminal({
      command: process.execPath,
      args: [play.program],
      env: variablesFor(play, frontEnd, directory),
      columns: 100,
      rows: 40,
    });
    const give = frontEnd === 'ink' ? answerOnScreen : answerInLines;
    for (const answer of play.answers) await give(terminal, answer);
    expect(await terminal.exited).toEqual({ exitCode: 0, signal: 0 });
    for (const value of Object.values(play.keys)) expect(terminal.raw().includes(value)).toBe(false);
    expect(terminal.modes()).toEqual({ alternateScreen: false, bracketedPaste: false, cursorShown: true });
  });
}

function variablesFor(
  { flow, url, keys }: Play,
  frontEnd: string,
  directory: string,
): Record<string, string> {
  return {
    PLAY: frontEnd,
    FLOW: flow,
    DIRECTORY: directory,
    URL: url,
    KEYS: JSON.stringify(keys),
    LANG: 'C.UTF-8',
  };
}

/** Plays in a directory of its own, and returns what the program wrote there. */
async function inDirectory(run: (directory: string) => Promise<void>): Promise<Result> {
  const directory = mkdtempSync(join(tmpdir(), 'castkeys-parity-'));
  try {
    await run(directory);
    return JSON.parse(readFileSync(join(directory, 'result.json'), 'utf8'));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
