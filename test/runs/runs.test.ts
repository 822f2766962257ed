import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { processStart, stillLives } from '../../source/runs/process-start.ts';
import { livingRuns, registerRun } from '../../source/runs/runs.ts';
import { homeIn, type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts';

const since = new Date('2026-06-01T12:00:00.000Z');

describe('the register of processes that hold a key', () => {
  let directory: TemporaryDirectory;
  let child: ChildProcess;
  beforeEach(async () => {
    directory = temporaryDirectory();
    child = spawn('cat');
    await once(child, 'spawn');
    return () => {
      child.kill('SIGKILL');
      directory[Symbol.dispose]();
    };
  });
  const home = () => homeIn(directory.path);
  const pid = () => child.pid ?? 0;
  const files = () => readdirSync(directory.at('state', 'runs'));

  it('knows nobody where nobody was given a key', () => {
    expect(livingRuns(home(), 'a')).toEqual([]);
  });

  it('tells who holds which key, since when, and which program it is', () => {
    registerRun(home(), { kind: 'run', credentialIds: ['a', 'b'], since, program: 'cat', pid: pid() });
    const run = {
      kind: 'run',
      credentialIds: ['a', 'b'],
      pid: pid(),
      program: 'cat',
      since: since.toISOString(),
    };
    expect(livingRuns(home(), 'a')).toMatchObject([run]);
    expect(livingRuns(home(), 'b')).toMatchObject([run]);
    expect(livingRuns(home(), 'c')).toEqual([]);
    expect(statSync(directory.at('state', 'runs', files()[0] ?? '')).mode & 0o777).toBe(0o600);
  });

  it('follows a change of process and of keys, and forgets who ends in order', () => {
    const entry = registerRun(home(), { kind: 'broker', credentialIds: ['a'], since });
    expect(livingRuns(home(), 'a')).toMatchObject([{ pid: process.pid }]);
    entry.change({ pid: pid() });
    entry.change({ credentialIds: ['b'] });
    expect(livingRuns(home(), 'a')).toEqual([]);
    expect(livingRuns(home(), 'b')).toMatchObject([{ pid: pid(), kind: 'broker' }]);
    entry.end();
    expect(livingRuns(home(), 'b')).toEqual([]);
  });

  it('strikes out who was killed', async () => {
    registerRun(home(), { kind: 'run', credentialIds: ['a'], since, pid: pid() });
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(livingRuns(home(), 'a')).toEqual([]);
    expect(files()).toEqual([]);
  });

  it('is not fooled by another process under the same number', () => {
    registerRun(home(), { kind: 'run', credentialIds: ['a'], since, pid: pid() });
    const [name = ''] = files();
    const path = directory.at('state', 'runs', name);
    writeFileSync(path, JSON.stringify({ ...livingRuns(home(), 'a')[0], start: 'an earlier one' }));
    expect(livingRuns(home(), 'a')).toEqual([]);
  });

  it('passes over what nobody of us wrote', () => {
    registerRun(home(), { kind: 'run', credentialIds: ['a'], since });
    writeFileSync(directory.at('state', 'runs', 'x.json'), '{"pid":');
    expect(livingRuns(home(), 'a')).toHaveLength(1);
  });
});

describe('a process', () => {
  it('is known by when it started', () => {
    const start = processStart(process.pid);
    expect(start).toBe(processStart(process.pid));
    expect(stillLives(process.pid, start ?? '')).toBe(true);
    expect(stillLives(process.pid, 'another time')).toBe(false);
  });

  it('counts as living where that can not be told', () => {
    expect(stillLives(process.pid, 'unknown')).toBe(true);
  });

  it('has no start where there is none', () => {
    expect(processStart(2 ** 22 + 1)).toBeUndefined();
  });
});
