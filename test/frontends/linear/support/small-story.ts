/** The small story of the fixture, in a real terminal. */
import { type OpenedTerminal, openTerminal, type TerminalOptions } from '../../../support/terminal.ts';

const program = new URL('../fixtures/wizard.ts', import.meta.url).pathname;

interface StoryOptions extends Pick<TerminalOptions, 'columns' | 'rows' | 'env'> {
  /** What stty(1) makes of the terminal first. */
  readonly stty?: string;
}

/** Opens it. Variables are set by env(1): the terminal library has its own idea of TERM. */
export function openStory(options: StoryOptions = {}): OpenedTerminal {
  const { env = {}, stty = 'sane', columns = 120, rows = 40 } = options;
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const script = `stty ${stty}; exec env ${variables.join(' ')} '${process.execPath}' '${program}'`;
  return openTerminal({ command: 'sh', args: ['-c', script], columns, rows });
}

/** Resolves when the latest question is this one and waits for an answer. */
export async function questionOpen(terminal: OpenedTerminal, asks: string): Promise<void> {
  await terminal.waitFor(lines => {
    const latest = lines.findLastIndex(line => /^(\? |Question: )/.test(line));
    const below = lines.slice(latest + 1).filter(line => line !== '');
    return (
      lines[latest]?.includes(asks) === true &&
      below.some(line => /(Number|Answer|Secret|y or n)\b.*:/.test(line))
    );
  });
}

/** What a person says to it, in the order of the questions. */
export const said = {
  environment: ['Which environment', '1\r'],
  name: ['What is it called', 'acme\r'],
  sure: ['Are you sure', 'y\r'],
} as const;

/** Answers questions, each once it is open. */
export async function say(
  terminal: OpenedTerminal,
  ...all: readonly (readonly [asks: string, typed: string])[]
): Promise<void> {
  for (const [asks, typed] of all) {
    await questionOpen(terminal, asks);
    terminal.type(typed);
  }
}

/** The terminal's own bytes, as text. */
export const bytesOf = (terminal: OpenedTerminal): string => terminal.raw().toString();
