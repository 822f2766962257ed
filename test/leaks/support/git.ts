import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gitEnv, repository } from '../../checklist/support/repository.ts';

export { gitEnv } from '../../checklist/support/repository.ts';

export interface Workshop {
  readonly path: string;
  /** Runs git there; what it printed, without the last line break. */
  readonly git: (...args: readonly string[]) => string;
  /** The same, with something on standard input. */
  readonly feed: (input: string | Buffer, ...args: readonly string[]) => string;
  /** Writes a file. */
  readonly write: (name: string, content: string | Buffer) => void;
  /** Writes files and commits them; its id. */
  readonly commit: (files: Readonly<Record<string, string | Buffer>>, message?: string) => string;
}

/** A repository to work in. */
export function workshop(path: string, ...options: readonly string[]): Workshop {
  return workshopAt(repository(path, '--initial-branch=main', ...options));
}

/** To work in one that is there. */
export function workshopAt(path: string): Workshop {
  const feed: Workshop['feed'] = (input, ...args) =>
    execFileSync('git', args, {
      cwd: path,
      env: {
        ...gitEnv,
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'protocol.file.allow',
        GIT_CONFIG_VALUE_0: 'always',
      },
      input,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
      maxBuffer: 1e9,
    }).replace(/\n$/, '');
  const git: Workshop['git'] = (...args) => feed('', ...args);
  const write: Workshop['write'] = (name, content) => {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  };
  return {
    path,
    git,
    feed,
    write,
    commit: (files, message = 'change') => {
      for (const [name, content] of Object.entries(files)) write(name, content);
      git('add', '--force', '--', ...Object.keys(files));
      git('commit', '--quiet', '--allow-empty', '-m', message);
      return git('rev-parse', 'HEAD');
    },
  };
}
