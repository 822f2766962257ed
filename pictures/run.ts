/** `npm run pictures`: draws the screens in docs/pictures from the built program, in a real terminal. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startPractice } from '../source/practice/practice.ts';
import { startKeyring } from '../test/support/keyring-service.ts';
import { svgOf } from '../test/support/picture.ts';
import { key, type OpenedTerminal, openTerminal } from '../test/support/terminal.ts';

const program = resolve('dist/castkeys.cjs');
const directory = mkdtempSync(join(tmpdir(), 'castkeys-pictures-'));
const out = resolve('docs/pictures');
mkdirSync(out, { recursive: true });
// A repository that ignores nothing, as a new one does.
execFileSync('git', ['init', '--quiet', directory]);

const keyring = await startKeyring();
const practice = await startPractice();
const env = Object.fromEntries(
  Object.entries({ ...keyring.env, CASTKEYS_HOME: join(directory, 'home'), COLORTERM: 'truecolor' }).map(
    ([name, value]) => [name, value ?? ''],
  ),
);

function draw(name: string, title: string, terminal: OpenedTerminal): void {
  for (const theme of ['dark', 'light'] as const) {
    writeFileSync(join(out, `${name}-${theme}.svg`), svgOf(terminal.cells(), { theme, title }));
  }
}

async function open(args: readonly string[], columns: number, rows: number): Promise<OpenedTerminal> {
  return openTerminal({
    command: process.execPath,
    args: [program, ...args],
    env,
    cwd: directory,
    columns,
    rows,
  });
}

async function drawSetup(): Promise<void> {
  await using terminal = await open(['setup'], 110, 27);
  await terminal.waitFor('Which environment');
  terminal.type(key.enter);
  await terminal.waitFor('In which region');
  terminal.type('4');
  await terminal.waitFor('Another address');
  terminal.type(key.enter);
  await terminal.waitFor('Address of the API');
  terminal.type(`${practice.url}${key.enter}`);
  await terminal.waitFor('Paste the API key');
  terminal.paste(practice.keys.viewer.reveal());
  await terminal.waitFor('received');
  draw('setup', 'castkeys setup', terminal);
  terminal.type(key.enter);
  await terminal.exited;
}

async function drawWatch(): Promise<void> {
  await using terminal = await open(['status', '--watch'], 110, 27);
  await terminal.waitFor('Every key works');
  await terminal.waitFor(/[1-9] of 12 hold/);
  draw('status', 'castkeys status --watch', terminal);
  terminal.type(key.ctrl('c'));
  await terminal.exited;
}

try {
  await drawSetup();
  await drawWatch();
} finally {
  await Promise.all([keyring.end(), practice.close()]);
  rmSync(directory, { recursive: true, force: true });
}
