import { render } from 'ink';
import type { ReactNode } from 'react';
import { CastkeysError } from '../../errors.ts';
import { colourLevel } from '../colour.ts';
import { AppearanceContext } from './appearance.ts';
import { Boundary } from './boundary.tsx';
import { withCutSign } from './cut-sign.ts';
import { KeySource } from './key-source.tsx';
import type { Key } from './keys.ts';
import { symbolsFor } from './symbols.ts';
import { themeFor } from './theme.ts';
import { WindowSizeContext } from './window-size.ts';

/** The streams and the world a full-screen program runs in. */
export interface Terminal {
  readonly stdin: NodeJS.ReadStream;
  /** Where the screen is drawn: standard error, as standard output is for results. */
  readonly stdout: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface FullScreenOptions extends Terminal {
  readonly content: ReactNode;
  /** Everything from the keyboard but Ctrl+C. */
  readonly onKeys: (keys: readonly Key[]) => void;
  /** Ctrl+C, or the keyboard is gone. */
  readonly onInterrupt: () => void;
  /** The screen can't be drawn any more. The error tells nothing of what was on it. */
  readonly onBroken: (error: CastkeysError) => void;
}

const interrupt = '\x03';
const bracketedPasteOff = '\x1b[?2004l';
const emptyScreen = '\x1b[H\x1b[2J';

/**
 * Takes the terminal: alternate screen, raw mode, bracketed paste. The function it returns gives everything back and
 * resolves when it has been written. Whatever way the process ends, short of SIGKILL, the terminal is restored.
 */
export function openFullScreen(options: FullScreenOptions): () => Promise<void> {
  const { stdin, stdout, env } = options;
  const appearance = {
    theme: themeFor(colourLevel({ env, stream: stdout })),
    symbols: symbolsFor(env, process.platform),
  };
  // Before anything is drawn: Ink would only do so after the first frame, and what is typed in between would be echoed.
  stdin.setRawMode(true);
  const output = withCutSign(stdout, appearance.symbols.cut);
  const app = render(null, {
    stdin,
    stdout: output,
    stderr: output,
    // Somebody has decided on this already, and CI=1 is no reason to draw nothing on a real terminal.
    interactive: true,
    alternateScreen: true,
    exitOnCtrlC: false,
    incrementalRendering: true,
    maxFps: 60,
  });
  // Ink draws from wherever the cursor is, which on entering the alternate screen is where the shell left it.
  const redraw = () => {
    app.clear();
    stdout.write(emptyScreen);
    app.rerender(
      <AppearanceContext value={appearance}>
        <WindowSizeContext value={{ columns: stdout.columns, rows: stdout.rows }}>
          <Boundary onError={() => options.onBroken(brokenScreen())}>
            <KeySource onKeys={options.onKeys} onContinued={redraw} />
            {options.content}
          </Boundary>
        </WindowSizeContext>
      </AppearanceContext>,
    );
  };
  redraw();
  // Ahead of Ink's own listener, which draws what there is: a frame of the old size would wrap in the new window, and
  // what comes after be drawn over the pieces. `rerender` has drawn when it returns; a change of state would not have.
  stdout.prependListener('resize', redraw);
  // Seen here rather than through Ink, so that it works in the middle of a paste that never ends, too.
  const listen = (chunk: string | Buffer) => {
    if (chunk.includes(interrupt)) options.onInterrupt();
  };
  const restore = () => {
    stdout.write(bracketedPasteOff);
  };
  stdin.on('data', listen);
  stdin.once('end', options.onInterrupt);
  process.once('exit', restore);
  return async () => {
    stdout.off('resize', redraw);
    stdin.off('data', listen);
    stdin.off('end', options.onInterrupt);
    app.unmount();
    await app.waitUntilExit();
    process.off('exit', restore);
  };
}

function brokenScreen(): CastkeysError {
  return new CastkeysError(
    'failed',
    'The screen could not be drawn. What was begun is taken back.',
    'castkeys doctor, or the same command with --plain or --answers FILE',
  );
}
