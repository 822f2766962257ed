/** A program beside the test: its lines as they come, its signals, and in the end everything it wrote. */
import { spawn } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';

export interface Ended {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Every byte of both, for searching. */
  readonly raw: Buffer;
}

export interface StartOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** What it reads from standard input. Absent: standard input is /dev/null. */
  readonly input?: string;
}

export interface Running extends AsyncDisposable {
  readonly pid: number;
  readonly signal: (name: NodeJS.Signals) => void;
  /** The first line it printed, or prints yet, that matches; fails where it ends without one. `after`: so many lines in. */
  readonly line: (wanted: RegExp, options?: { readonly after?: number }) => Promise<string>;
  /** The lines of standard output so far. */
  readonly lines: () => readonly string[];
  readonly ended: Promise<Ended>;
}

export function start(command: string, args: readonly string[], options: StartOptions): Running {
  const { cwd, env, input } = options;
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  // It may end without having read it all.
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);

  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  const lines: string[] = [];
  let unfinished = '';
  let news = Promise.withResolvers<void>();
  let isOver = false;
  const tell = () => {
    news.resolve();
    news = Promise.withResolvers();
  };
  const decoder = new StringDecoder('utf8');
  child.stdout?.on('data', (chunk: Buffer) => {
    out.push(chunk);
    const [first = '', ...others] = (unfinished + decoder.write(chunk)).split('\n');
    unfinished = others.at(-1) ?? first;
    if (others.length > 0) lines.push(first, ...others.slice(0, -1));
    tell();
  });
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));

  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    // Not 'exit': what it wrote last may still be on its way then.
    child.once('close', (exitCode, signal) => {
      isOver = true;
      tell();
      const [stdout, stderr] = [Buffer.concat(out), Buffer.concat(err)];
      const raw = Buffer.concat([stdout, stderr]);
      resolve({ exitCode, signal, stdout: stdout.toString(), stderr: stderr.toString(), raw });
    });
  });
  ended.catch(() => {});

  return {
    pid: child.pid ?? 0,
    signal: name => void child.kill(name),
    line: async (wanted, { after = 0 } = {}) => {
      for (let at = after; ; at += 1) {
        while (at >= lines.length) {
          if (isOver)
            throw new Error(`it ended without a line like ${wanted}: ${Buffer.concat([...out, ...err])}`);
          await news.promise;
        }
        const line = lines[at] ?? '';
        if (wanted.test(line)) return line;
      }
    },
    lines: () => [...lines],
    ended,
    [Symbol.asyncDispose]: async () => {
      if (!isOver) child.kill('SIGKILL');
      await ended.catch(() => {});
    },
  };
}
