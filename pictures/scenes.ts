/** Every picture, in the order they are drawn: what one leaves behind the next one shows. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from '../test/support/castkeys.ts';
import { key, type OpenedTerminal } from '../test/support/terminal.ts';
import type { Scene } from './scene.ts';

const wide = { columns: 110, rows: 30 } as const;

/** Nothing is being measured any more. */
const isMeasured = (screen: readonly string[]) => !screen.some(line => line.includes('measuring'));

async function openDashboard(terminal: OpenedTerminal): Promise<void> {
  await terminal.waitFor(/Profile +Key age/);
  await terminal.waitFor(isMeasured, { timeout: 30_000 });
}

/** To where the first key comes from, which is lying in `.env`. */
async function goToTheKey(terminal: OpenedTerminal, { practice }: Machine): Promise<void> {
  await terminal.waitFor('Which environments');
  terminal.type(key.enter);
  await terminal.waitFor('In which region');
  terminal.type(`4${key.enter}`);
  await terminal.waitFor('Address of the API');
  terminal.type(`${practice.url}${key.enter}`);
  await terminal.waitFor(/Which keys does \S+ need/);
  terminal.type(key.enter);
  await terminal.waitFor('❯ Take CASTAI_API_KEY');
}

/** A key that was committed once, and taken out again: it is there for ever. */
function commitAndTakeBack({ project, practice }: Machine): void {
  const git = (...words: readonly string[]) =>
    execFileSync('git', ['-C', project, '-c', 'user.name=A', '-c', 'user.email=a@example.com', ...words]);
  const file = join(project, '.env');
  writeFileSync(file, `CASTAI_API_KEY=${practice.keys.viewer.reveal()}\n`);
  git('add', '--force', '.env');
  git('commit', '--quiet', '--message', 'Configure');
  writeFileSync(file, 'LOG_LEVEL=debug\n');
  git('commit', '--quiet', '--all', '--message', 'Remove the key');
}

const dashboard = (
  name: string,
  window: { readonly columns: number; readonly rows: number },
  typed: string,
  shows: string | RegExp,
): Scene => ({
  name,
  words: [],
  ...window,
  play: async terminal => {
    await openDashboard(terminal);
    if (typed !== '') terminal.type(typed);
    await terminal.waitFor(shows);
  },
});

/** A machine where castkeys is new, in a repository with a messy `.env`. */
export const firstScenes: readonly Scene[] = [
  {
    name: 'setup-environments',
    words: ['setup'],
    ...wide,
    play: async terminal => {
      await terminal.waitFor('Which environments');
      await terminal.waitFor('^C cancel');
    },
  },
  {
    name: 'setup-found',
    words: ['setup'],
    ...wide,
    play: goToTheKey,
  },
  {
    name: 'setup',
    words: ['setup'],
    ...wide,
    play: async (terminal, machine) => {
      await goToTheKey(terminal, machine);
      terminal.type(`2${key.enter}`);
      await terminal.waitFor('Paste the reader key');
      terminal.paste(machine.practice.keys.viewer.reveal());
      await terminal.waitFor('received');
    },
  },
];

/** Three environments later. */
export const laterScenes: readonly Scene[] = [
  dashboard('dashboard', wide, '', '4 things to mend'),
  dashboard('dashboard-80', { columns: 80, rows: 24 }, 'j', /❯ ● staging/),
  dashboard('dashboard-50', { columns: 50, rows: 20 }, 'j', /❯ ● staging/),
  dashboard('dashboard-production', wide, 'G', /❯ ● +PRODUCTION/),
  dashboard('dashboard-checks', wide, `G${key.enter}`, /❯ ✗/),
  dashboard('dashboard-palette', wide, ':', 'type what you want to do'),
  dashboard('dashboard-help', wide, '?', 'everything there is, by name'),
  {
    name: 'status',
    words: ['status', '--watch'],
    ...wide,
    play: async terminal => {
      await terminal.waitFor('Every key works');
      await terminal.waitFor(/[1-9]\d? of 12 hold/);
    },
  },
  {
    name: 'use',
    words: ['use'],
    columns: 90,
    rows: 20,
    play: async terminal => {
      await terminal.waitFor('Which profile should be active');
      terminal.type(key.end);
      await terminal.waitFor('❯ production');
      terminal.type(key.enter);
      await terminal.waitFor('production is PRODUCTION');
    },
  },
  {
    name: 'rotate-plan',
    words: ['rotate', '--profile', 'development'],
    ...wide,
    play: async terminal => {
      await terminal.waitFor('Rotate the development reader key?', { timeout: 30_000 });
    },
  },
  {
    name: 'rotate',
    words: ['rotate', '--profile', 'staging'],
    ...wide,
    play: async terminal => {
      await terminal.waitFor('Rotate the staging reader key?', { timeout: 30_000 });
      terminal.type('y');
      await terminal.waitFor('Stay, and watch?', { timeout: 30_000 });
    },
  },
  dashboard('dashboard-rotating', wide, 'j', /⋮ reader rotates/),
  {
    name: 'scan',
    words: ['scan'],
    columns: 100,
    rows: 24,
    before: commitAndTakeBack,
    play: async terminal => {
      await terminal.waitFor('.env');
      await terminal.waitFor(/objects|ms|bytes/);
    },
  },
  {
    name: 'plain',
    words: ['setup', '--plain'],
    columns: 90,
    rows: 24,
    play: async terminal => {
      await terminal.waitFor('Which environments');
      await terminal.waitFor('Numbers, with commas');
    },
  },
];
