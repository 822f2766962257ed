/** The sample wizard in a real terminal, and the way to each of its questions. */
import { afterAll, beforeAll } from 'vitest';
import { type Bundle, bundle } from '../../../support/bundle.ts';
import { key, type OpenedTerminal, openTerminal, type TerminalOptions } from '../../../support/terminal.ts';

type Options = Partial<Pick<TerminalOptions, 'columns' | 'rows' | 'env'>>;

/** Bundles a fixture before the tests of a file; what it returns opens it in a terminal of its own. */
export function fixture(name: string): {
  readonly open: (options?: Options) => OpenedTerminal;
  readonly openInShell: (script: (command: string) => string) => OpenedTerminal;
} {
  let bundled: Bundle | undefined;
  beforeAll(async () => {
    bundled = await bundle(new URL(`../fixtures/${name}.ts`, import.meta.url).pathname);
  });
  afterAll(() => bundled?.[Symbol.asyncDispose]());
  const program = () => bundled?.program ?? '';
  return {
    open: options => openTerminal({ command: process.execPath, args: [program()], ...options }),
    openInShell: script =>
      openTerminal({
        command: 'bash',
        args: ['--norc', '-c', script(`'${process.execPath}' '${program()}'`)],
      }),
  };
}

const way = [
  'Which environment',
  'be called?',
  'In which region',
  'Which organization',
  'Paste the API key',
] as const;

/** From wherever it is, takes what Enter takes until this question is open. */
export async function goTo(terminal: OpenedTerminal, question: (typeof way)[number]): Promise<void> {
  for (;;) {
    const screen = await terminal.waitFor(lines => openOnWay(lines) !== undefined);
    if (openOnWay(screen) === question) return;
    await answer(terminal, key.enter);
  }
}

/** Types into the open question, and waits until another one or none is open. */
export async function answer(terminal: OpenedTerminal, typed: string): Promise<void> {
  const open = openOnWay(terminal.screen());
  terminal.type(typed);
  await terminal.waitFor(screen => openOnWay(screen) !== open);
}

function openOnWay(screen: readonly string[]): string | undefined {
  const open = openQuestion(screen);
  return way.find(words => open.includes(words));
}

/** What stands beside the bar. */
export function openQuestion(screen: readonly string[]): string {
  return screen
    .filter(line => /^ *┃/.test(line))
    .map(line => line.replace(/^ *┃ ?/, ''))
    .join('\n');
}
