import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { findPlaintext } from '../../source/plaintext/plaintext.ts';
import { repository } from '../checklist/support/repository.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts';
import { someKey } from './keys.ts';

let directory: TemporaryDirectory;
beforeEach(() => {
  directory = temporaryDirectory();
  return () => directory[Symbol.dispose]();
});

function write(content: string | Buffer, ...names: readonly string[]): string {
  const path = directory.at(...names);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const look = (env: Record<string, string> = {}) =>
  findPlaintext({ cwd: directory.at('work'), userHome: directory.at('home'), env });

/** Where something was found, and what its name says of it. */
const places = (env: Record<string, string> = {}) =>
  look(env).keys.map(key => ({
    at: key.place === 'file' ? `${relative(directory.path, key.file.path)}:${key.line}` : '$',
    name: key.name,
    value: key.secret.reveal(),
    ...(key.role ? { role: key.role } : {}),
    ...(key.environment ? { environment: key.environment } : {}),
  }));

describe('a key in a project', () => {
  beforeEach(() => repository(directory.at('work')));

  it.each([
    ['dotenv', '.env', key => `A=1\nCASTAI_API_KEY=${key}\nB=2\n`, 'CASTAI_API_KEY'],
    [
      'dotenv in quotes',
      '.env.local',
      key => `A=1\r\nexport CASTAI_API_TOKEN="${key}" # ours\r\n`,
      'CASTAI_API_TOKEN',
    ],
    ['dotenv with a name of its own', 'deep/er/.env', key => `\nMY_SECRET='${key}'`, 'MY_SECRET'],
    ['direnv', '.envrc', key => `use nix\nexport CASTAI_API_KEY=${key}`, 'CASTAI_API_KEY'],
    [
      'Terraform variables',
      'infra/prod.tfvars',
      key => `region = "x"\ncastai_api_token = "${key}"\n`,
      'castai_api_token',
    ],
    [
      'Terraform variables in JSON',
      'infra/x.auto.tfvars.json',
      key => `{"a": "b",\n "castai_api_token": "${key}"}`,
      'castai_api_token',
    ],
    ['a line that is commented out', '.env', key => `\n# CASTAI_API_KEY=${key}\n`, 'CASTAI_API_KEY'],
    ['no assignment at all', '.env', key => `\nURL=https://u:${key}@h/\n`, ''],
  ] as const satisfies readonly (readonly [string, string, (key: string) => string, string])[])(
    'is found in %s',
    (_what, file, content, name) => {
      const key = someKey();
      write(content(key), 'work', file);
      expect(places()).toMatchObject([{ at: `work/${file}:2`, name, value: key }]);
    },
  );

  it('without the prefix is known by its name', () => {
    write('CASTAI_API_KEY=0123456789abcdef0123\nOTHER_API_KEY=0123456789abcdef0123\n', 'work/.env');
    expect(places()).toMatchObject([{ name: 'CASTAI_API_KEY', value: '0123456789abcdef0123' }]);
  });

  it.each([
    'castkeys://development/reader',
    '$OTHER_VARIABLE_WITH_KEY',
    `"\${CASTAI_API_KEY_FROM_CI}"`,
    '`pass show castai/key/ci`',
    '<paste-your-key-here>',
    'your_api_key_goes_here',
    'changeme-changeme',
    'xxxxxxxxxxxxxxxxxxxxxx',
    'short',
    '',
  ])('is none where the value is %j', value => {
    write(`CASTAI_API_KEY=${value}\n`, 'work/.env');
    expect(places()).toEqual([]);
  });

  it.each([
    ['CASTAI_READ_KEY', '.env', { role: 'reader' }],
    ['CASTAI_WRITE_KEY', '.env.production', { role: 'writer', environment: 'production' }],
    ['PROD_CASTAI_API_TOKEN', '.env.local', { environment: 'production' }],
    ['CASTAI_ADMIN_KEY', '.env.staging', { role: 'admin', environment: 'staging' }],
    ['castai_api_token', 'dev.tfvars', { environment: 'development' }],
  ] as const)('named %s in %s says what it is for', (name, file, hints) => {
    const key = someKey();
    write(`${name} = "${key}"\n`, 'work', file);
    expect(places()).toEqual([{ at: `work/${file}:1`, name, value: key, ...hints }]);
  });

  it('is not looked for where others keep theirs, or too deep, or in a huge file', () => {
    for (const path of ['node_modules/x/.env', '.terraform/.env', 'a/b/c/d/e/.env'])
      write(`CASTAI_API_KEY=${someKey()}\n`, 'work', path);
    write(`${'#'.repeat(2 ** 20)}\nCASTAI_API_KEY=${someKey()}\n`, 'work/.env');
    expect(places()).toEqual([]);
  });

  it('is found from below, and once where two names lead to it', () => {
    write(`CASTAI_API_KEY=${someKey()}\n`, 'work/.env');
    mkdirSync(directory.at('work/deep'));
    const { keys } = findPlaintext({
      cwd: directory.at('work/deep'),
      userHome: directory.at('home'),
      env: {},
    });
    expect(keys).toHaveLength(1);
  });

  it('is found at the right line whatever the bytes before it are', () => {
    const key = someKey();
    write(
      Buffer.concat([
        Buffer.from([0xff, 0xfe, 0x0a, 0xc3, 0x28, 0x0a]),
        Buffer.from(`CASTAI_API_KEY=${key}`),
      ]),
      'work/.env',
    );
    expect(places()).toMatchObject([{ at: 'work/.env:3', value: key }]);
  });
});

describe('a key in the home directory', () => {
  beforeEach(() => mkdirSync(directory.at('work')));

  it.each([
    ['.bashrc', key => `export CASTAI_API_KEY=${key}`],
    ['.zshenv', key => `  export CASTAI_API_KEY='${key}'; echo`],
    ['.config/fish/config.fish', key => `set -gx CASTAI_API_KEY ${key}`],
    ['.cast/config', key => `access_token: ${key}`],
    ['.cast/config', () => 'access_token: 0123456789abcdef'],
    ['.config/castctl/config.yaml', key => `  token: "${key}"`],
    ['.config/kimchi/config.json', key => `{"api_key": "${key}"}`],
  ] as const satisfies readonly (readonly [string, (key: string) => string])[])(
    'is found in %s',
    (file, content) => {
      write(`\n${content(someKey())}\n`, 'home', file);
      expect(places()).toMatchObject([{ at: `home/${file}:2` }]);
    },
  );

  it('is found where the file is a link into a dotfiles repository', () => {
    write(`export CASTAI_API_KEY=${someKey()}\n`, 'dotfiles/bashrc');
    mkdirSync(directory.at('home'));
    symlinkSync(directory.at('dotfiles/bashrc'), directory.at('home/.bashrc'));
    expect(places()).toMatchObject([{ at: 'home/.bashrc:1' }]);
  });
});

describe('an exported key', () => {
  it('is found by its name, and by its shape under any', () => {
    const [one, other] = [someKey(), someKey()];
    expect(places({ CASTAI_API_KEY: one, FOO: other, PATH: '/bin' })).toEqual([
      { at: '$', name: 'CASTAI_API_KEY', value: one },
      { at: '$', name: 'FOO', value: other },
    ]);
  });

  it('is a webhook secret under that name', () => {
    expect(look({ CASTAI_SECRET: 'a-webhook-secret-of-ours' }).keys).toMatchObject([
      { name: 'CASTAI_SECRET', kind: 'webhook-secret' },
    ]);
  });

  it('is none that castkeys run gave, and no passphrase', () => {
    const key = someKey();
    const given = { CASTKEYS_PROFILE: 'staging', CASTAI_API_KEY: key, CASTAI_API_TOKEN: key };
    expect(places({ ...given, CASTKEYS_PASSPHRASE: someKey() })).toEqual([]);
  });
});
