/**
 * The only process that loads keytar: a hung call there can freeze a whole process for good, so it gets one that
 * can be killed. CommonJS, no module but keytar and `fs`, no streams: it stands in the way of `castkeys run`.
 * JSON lines (child-wire.ts) come in on stdin and go out on stdout; a value is never an argument or in the environment.
 */
import type { ChildAnswer, ChildRequest } from './child-wire.ts' with { 'resolution-mode': 'import' };

interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, value: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

const { read, writeSync } = process.getBuiltinModule('node:fs');
const service = 'castkeys';
const loaded = load();

function load(): Keytar | { readonly unloadable: string } {
  try {
    return require('keytar');
  } catch (error) {
    return { unloadable: loadFailure(error) };
  }
}

/** keytar's own error hides what the system said ("libsecret-1.so.0: cannot open …"): the binary itself is loaded once more. */
function loadFailure(error: unknown): string {
  const failures = [error];
  try {
    require(`keytar/prebuilds/${process.platform}-${process.arch}/keytar.node`);
  } catch (cause) {
    failures.push(cause);
  }
  return failures.map(failure => (failure instanceof Error ? failure.message : String(failure))).join('\n');
}

async function perform(request: ChildRequest): Promise<ChildAnswer> {
  const { id } = request;
  if ('unloadable' in loaded) return { id, ...loaded };
  try {
    switch (request.op) {
      case 'get':
        return { id, ok: await loaded.getPassword(service, request.account) };
      case 'set':
        await loaded.setPassword(service, request.account, request.value);
        return { id, ok: true };
      case 'delete':
        return { id, ok: await loaded.deletePassword(service, request.account) };
    }
  } catch (error) {
    return { id, failed: error instanceof Error ? error.message : String(error) };
  }
}

/** Ends at once, whatever keytar is doing: `process.exit()` would wait for its threads without end. */
function end(): void {
  process.kill(process.pid, 'SIGKILL');
}

const buffer = Buffer.allocUnsafe(64 * 1024);
const decoder = new TextDecoder();
let unfinished = '';
// One call at a time: a hung one then holds one of libuv's four threads, and the end of stdin is still seen.
let queue = Promise.resolve();

function listen(): void {
  read(0, buffer, 0, buffer.length, null, (error, length) => {
    if (error || length === 0) return end();
    const lines = (unfinished + decoder.decode(buffer.subarray(0, length), { stream: true })).split('\n');
    unfinished = lines.pop() ?? '';
    for (const line of lines) {
      const request: ChildRequest = JSON.parse(line);
      queue = queue.then(async () => {
        writeSync(1, `${JSON.stringify(await perform(request))}\n`);
      });
    }
    listen();
  });
}

// Ctrl+C goes to every process of the terminal; castkeys may still have a key to put away, so only it decides.
process.on('SIGINT', () => {});
listen();
