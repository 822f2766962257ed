/**
 * A real terminal for tests: the program runs in a pseudo-terminal, its bytes go through a terminal emulator,
 * and a test sees what a person would see. Waits are for content, never for time.
 */
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { type Cell, cellsOf } from './terminal-cells.ts';
import { Waiters, type Wanted } from './terminal-waiters.ts';

export type { Cell } from './terminal-cells.ts';

/** What a terminal sends for the keys that have no character. */
export const key = {
  enter: '\r',
  escape: '\x1b',
  tab: '\t',
  backspace: '\x7f',
  delete: '\x1b[3~',
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  left: '\x1b[D',
  home: '\x1b[H',
  end: '\x1b[F',
  /** `ctrl('c')` is what Ctrl+C sends. */
  ctrl: (letter: string) => String.fromCharCode(letter.toLowerCase().charCodeAt(0) - 96),
} as const;

export interface TerminalOptions {
  readonly command: string;
  readonly args?: readonly string[];
  /** Added to PATH, TERM=xterm-256color and LANG=C.UTF-8; nothing else is inherited. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Default 80. */
  readonly columns?: number;
  /** Default 24. */
  readonly rows?: number;
}

export interface Exit {
  readonly exitCode: number;
  /** Number of the signal that ended it; 0 where none did. */
  readonly signal: number;
}

export interface OpenedTerminal extends AsyncDisposable {
  /** Sends the bytes of a text in one write. */
  readonly type: (text: string) => void;
  /** Pastes as a terminal does: in brackets where the program asked for them, line ends as returns. */
  readonly paste: (text: string) => void;
  /** Resolves with the screen once it shows what is wanted; fails with the screen printed. Timeout in ms, default 10,000. */
  readonly waitFor: (wanted: Wanted, options?: { readonly timeout?: number }) => Promise<readonly string[]>;
  /** The lines one sees, without trailing blanks. */
  readonly screen: () => readonly string[];
  readonly cells: () => readonly (readonly Cell[])[];
  /** What programs leave switched on when they end badly. */
  readonly modes: () => {
    readonly alternateScreen: boolean;
    readonly bracketedPaste: boolean;
    readonly cursorShown: boolean;
  };
  /** Every byte the program has written so far. */
  readonly raw: () => Buffer;
  readonly resize: (columns: number, rows: number) => void;
  readonly signal: (name: NodeJS.Signals) => void;
  readonly exited: Promise<Exit>;
  /** Ends the program if it still runs, and waits for it. */
  readonly close: () => Promise<void>;
}

/** Starts a program in a terminal of its own. */
export function openTerminal(options: TerminalOptions): OpenedTerminal {
  const { columns = 80, rows = 24 } = options;
  const emulator = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 1000 });
  // One character a byte, so that nothing is lost where a chunk ends inside a character.
  const program = spawn(options.command, [...(options.args ?? [])], {
    name: 'xterm-256color',
    cols: columns,
    rows,
    encoding: 'latin1',
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', TERM: 'xterm-256color', ...options.env },
  });
  const chunks: Buffer[] = [];
  const raw = () => Buffer.concat(chunks);
  // In the middle of a synchronized update a person sees the frame before it.
  let frameBefore = screenOf(emulator);
  const screen = () => {
    if (!emulator.modes.synchronizedOutputMode) frameBefore = screenOf(emulator);
    return frameBefore;
  };
  const waiters = new Waiters(screen);
  program.onData(text => {
    const chunk = Buffer.from(text, 'latin1');
    chunks.push(chunk);
    emulator.write(chunk, () => waiters.look());
  });
  // Replies to the program's questions, such as where the cursor is.
  emulator.onData(reply => program.write(reply));

  const { promise: exited, resolve: ended } = Promise.withResolvers<Exit>();
  let running = true;
  program.onExit(({ exitCode, signal = 0 }) => {
    running = false;
    // The emulator may still be at work on the last bytes.
    emulator.write('', () => {
      waiters.look();
      waiters.giveUp(`the program ended with ${exitCode}${signal ? ` (signal ${signal})` : ''}`);
      ended({ exitCode, signal });
    });
  });
  const close = async () => {
    if (running) program.kill('SIGKILL');
    await exited;
    emulator.dispose();
  };
  return {
    type: text => program.write(text),
    paste: text => {
      const sent = text.replaceAll(/\r?\n/g, '\r');
      program.write(emulator.modes.bracketedPasteMode ? `\x1b[200~${sent}\x1b[201~` : sent);
    },
    waitFor: (wanted, { timeout = 10_000 } = {}) => waiters.wait(wanted, timeout),
    screen,
    cells: () => cellsOf(emulator),
    modes: () => ({
      alternateScreen: emulator.buffer.active.type === 'alternate',
      bracketedPaste: emulator.modes.bracketedPasteMode,
      cursorShown: cursorShown(raw()),
    }),
    raw,
    resize: (newColumns, newRows) => {
      emulator.resize(newColumns, newRows);
      program.resize(newColumns, newRows);
    },
    signal: name => program.kill(name),
    exited,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function screenOf(emulator: xterm.Terminal): readonly string[] {
  const { active } = emulator.buffer;
  // A line of the alternate screen keeps what a narrower window hides.
  return Array.from(
    { length: emulator.rows },
    (_, row) => active.getLine(active.viewportY + row)?.translateToString(true, 0, emulator.cols) ?? '',
  );
}

function cursorShown(bytes: Buffer): boolean {
  return bytes.lastIndexOf('\x1b[?25h') >= bytes.lastIndexOf('\x1b[?25l');
}
