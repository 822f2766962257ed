import { homedir } from 'node:os';
import { basename } from 'node:path';
import { findPlaintext, type PlaintextInFile } from '../../plaintext/plaintext.ts';
import { printable } from '../../printable.ts';
import type { Check } from '../check.ts';

/** More places than these are only counted. */
const shown = 3;

export const plaintext: Check = {
  id: 'plaintext',
  title: 'No key lies in plaintext',
  standsFor: 'keys in a secret store, never in code or files',
  needs: [],
  async measure({ cwd, env }) {
    const { keys, files } = findPlaintext({ cwd, userHome: env['HOME'] || homedir(), env });
    const inFiles = keys.filter(key => key.place === 'file');
    if (inFiles.length > 0) return { state: 'fail', evidence: inWords(inFiles), fix: 'castkeys clean-up' };
    // In CI that is how a key gets there.
    const exported = env['CI'] ? [] : keys.map(({ name }) => name);
    if (exported.length > 0) {
      const names = [...new Set(exported)].join(', ');
      return {
        state: 'warn',
        evidence: `${names} is in this shell's environment, for every program started in it`,
        fix: `unset ${names.replaceAll(', ', ' ')}; castkeys run -- CMD gives the key to one command`,
      };
    }
    const count = files === 1 ? '1 file' : `${files} files`;
    return { state: 'pass', evidence: `none in ${count} of the usual places, nor in the environment` };
  },
};

function inWords(keys: readonly PlaintextInFile[]): string {
  const places = keys.slice(0, shown).map(placeOf);
  const more = keys.length > shown ? ` and ${keys.length - shown} more` : '';
  return `${places.join(', ')}${more}`;
}

const placeOf = ({ name, file, line }: PlaintextInFile): string =>
  printable(`${name || 'a key'} in ${basename(file.path)}:${line}`, 80);
