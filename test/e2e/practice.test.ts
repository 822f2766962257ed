import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, it } from 'vitest';
import { filesHolding } from '../support/canary.ts';
import { program } from '../support/castkeys.ts';
import { openTerminal } from '../support/terminal.ts';

describe('castkeys practice and demo', () => {
  const home = mkdtempSync(join(tmpdir(), 'castkeys-practice-'));
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  async function practise() {
    const child = spawn(process.execPath, [program, 'practice'], {
      env: { ...process.env, CASTKEYS_HOME: home },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(createInterface(child.stdout), 'line');
    return { ready: JSON.parse(line), child };
  }

  it('prints where it is and its keys, and keeps both over a restart', async () => {
    const first = await practise();
    const me = await fetch(`${first.ready.url}/v1/me`, { headers: { 'X-API-Key': first.ready.adminKey } });
    expect(me.status).toBe(200);
    first.child.kill('SIGTERM');
    await once(first.child, 'exit');
    const second = await practise();
    second.child.kill('SIGTERM');
    await once(second.child, 'exit');
    expect(second.ready).toEqual(first.ready);
    for (const key of Object.values<string>(first.ready.keys)) expect(filesHolding(home, key)).toEqual([]);
  });

  it('plays the story by itself on a terminal, and gives it back', async () => {
    await using terminal = openTerminal({
      command: process.execPath,
      args: [program, 'demo'],
      columns: 100,
      rows: 30,
    });
    await terminal.waitFor(/Which environment/);
    await terminal.waitFor(/It is enabled again/, { timeout: 40_000 });
    expect((await terminal.exited).exitCode).toBe(0);
    expect(terminal.modes()).toEqual({ alternateScreen: false, bracketedPaste: false, cursorShown: true });
  });
});
