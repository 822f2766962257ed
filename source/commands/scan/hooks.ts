import { type Installed, installHooks } from '../../leaks/leaks.ts';
import type { Call } from '../command.ts';

const scopes: Readonly<Record<Installed['scope'], string>> = {
  clone: 'They serve this clone.',
  team: 'They lie in the work tree: commit them, and they serve everybody who has castkeys.',
  user: 'They lie outside this repository, where core.hooksPath says, and serve every repository of yours.',
};

const befores = {
  nothing: '',
  script: ', before what was there',
  program: '; what was there is run after it',
} as const;

/** Puts a look for keys before every commit and push. */
export async function addHooks(call: Call): Promise<undefined> {
  const program = [process.execPath, process.argv[1] ?? 'castkeys'];
  const installed = await installHooks({ cwd: call.cwd, env: call.env }, program);
  const lines = installed.hooks.map(({ name, path, before }) => `${name}: ${path}${befores[before]}\n`);
  call.streams.stdout.write(
    call.flags.has('json')
      ? `${JSON.stringify(installed)}\n`
      : `${lines.join('')}${scopes[installed.scope]} git commit --no-verify passes them by once.\n`,
  );
  return undefined;
}
