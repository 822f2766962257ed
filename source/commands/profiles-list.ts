import { readConfig } from '../profiles/profiles.ts';
import type { Command } from './command.ts';
import { profileTable } from './profile-table.ts';

export const command: Command = {
  usage: ['profiles [list]'],
  summary: 'List the profiles',
  async run({ home, flags, streams }) {
    streams.stdout.write(profileTable(readConfig(home), flags.has('json') ? 'json' : 'words'));
    return undefined;
  },
};
