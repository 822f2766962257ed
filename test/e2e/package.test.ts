import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { program } from '../support/castkeys.ts';

const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(CI|FORCE_COLOR|CASTKEYS_.*|npm_.*)$/.test(name)),
);

describe('the package', () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'castkeys-package-'));
    execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', directory], {
      env,
      stdio: 'pipe',
    });
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('installs in an empty project, and works there', () => {
    const [tarball = ''] = readdirSync(directory).filter(name => name.endsWith('.tgz'));
    const files = execFileSync('tar', ['tzf', join(directory, tarball)], { encoding: 'utf8' })
      .trim()
      .split('\n');
    expect(
      files.filter(file => !/^package\/(dist\/|README\.md|LICENSE|CHANGELOG\.md|package\.json)/.test(file)),
    ).toEqual([]);

    const project = mkdtempSync(join(directory, 'project-'));
    writeFileSync(join(project, 'package.json'), '{"private": true}');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', join(directory, tarball)], {
      cwd: project,
      env,
      stdio: 'pipe',
    });
    const installed = join(project, 'node_modules/.bin/castkeys');
    expect(execFileSync(process.execPath, [installed, '--version'], { encoding: 'utf8' })).toMatch(
      /^\d+\.\d+\.\d+\n$/,
    );
    const demo = spawnSync(process.execPath, [installed, 'demo'], { cwd: project, env, encoding: 'utf8' });
    expect(demo.stderr).toMatch(/✓ Every key works/);
    expect(demo.stderr).toMatch(/✗ Every key works/);
    expect(demo.status).toBe(0);
  }, 120_000);

  it('tells an older Node in one line what it needs', () => {
    const pretend = `Object.defineProperty(process.versions, 'node', { value: '18.20.0' }); require(${JSON.stringify(program)})`;
    const ended = spawnSync(process.execPath, ['-e', pretend], { encoding: 'utf8' });
    expect(ended.status).toBe(1);
    expect(ended.stderr).toMatch(/^castkeys needs Node 22\.22\.2.*18\.20\.0.*\n$/);
  });
});
