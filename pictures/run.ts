/** `npm run pictures [-- NAME …]`: draws the screens in docs/pictures from the built program, in a real terminal. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Machine, newMachine } from '../test/support/castkeys.ts';
import { svgOf } from '../test/support/picture.ts';
import type { Scene } from './scene.ts';
import { firstScenes, laterScenes } from './scenes.ts';

const out = resolve('docs/pictures');
mkdirSync(out, { recursive: true });
const wanted = process.argv.slice(2);

await using machine = await newMachine();
mess(machine);
for (const scene of firstScenes) await draw(scene);
await setUpThree(machine);
for (const scene of laterScenes) await draw(scene);

/** Plays a scene, and draws it as it is then, dark and light. */
async function draw({ name, words, columns, rows, before, play }: Scene): Promise<void> {
  // What is not wanted is played all the same where others build on it.
  if (wanted.length > 0 && !wanted.includes(name) && name !== 'rotate') return;
  before?.(machine);
  await using terminal = machine.open(words, { columns, rows, env: { COLORTERM: 'truecolor' } });
  await play(terminal, machine);
  for (const theme of ['dark', 'light'] as const) {
    const title = ['castkeys', ...words].join(' ');
    writeFileSync(join(out, `${name}-${theme}.svg`), svgOf(terminal.cells(), { theme, title }));
  }
  console.log(`drew ${name}`);
}

/** A repository as one finds them: it ignores nothing, and a key lies in it. */
function mess({ project, practice }: Machine): void {
  execFileSync('git', ['init', '--quiet', project]);
  writeFileSync(
    join(project, '.env'),
    `LOG_LEVEL=debug\nCASTAI_API_KEY=${practice.keys.viewer.reveal()}\nDATABASE_URL=postgres://localhost/app\n`,
  );
}

/** Three environments with an admin key, of which one key is due soon, and another past it. */
async function setUpThree({ setUp, run, config, practice, home, project }: Machine): Promise<void> {
  writeFileSync(join(project, '.env'), 'LOG_LEVEL=debug\n');
  writeFileSync(join(project, '.gitignore'), '.env*\n');
  const { viewer, member, personal, admin } = practice.keys;
  await setUp('development', viewer.reveal());
  await setUp('staging', member.reveal());
  await setUp('production', personal.reveal());
  await run(['keys', 'add', '--role', 'admin', '--from-env', 'ADMIN'], { env: { ADMIN: admin.reveal() } });
  const file = join(home, 'config.json');
  const changed = JSON.parse(readFileSync(file, 'utf8'));
  for (const [name, days] of [
    ['development', 12],
    ['staging', 81],
    ['production', 97],
  ] as const) {
    const id = config().profiles[name]?.slots.reader ?? '';
    changed.credentials[id].createdAt = new Date(Date.now() - days * 86_400_000).toISOString();
  }
  writeFileSync(file, JSON.stringify(changed), { mode: 0o600 });
}
