import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Call, Command } from './command.ts';
import { tellStory } from './demo/story.ts';

export const command: Command = {
  usage: ['demo'],
  summary: 'The whole story against the practice server, in a throw-away home',
  about: 'Plays by itself. Touches neither the real keychain nor any profile of yours.',
  async run(call) {
    const home = await mkdtemp(join(tmpdir(), 'castkeys-demo-'));
    try {
      await tellStory(inHome(call, home));
    } finally {
      await rm(home, { recursive: true, force: true });
    }
    return undefined;
  },
};

/** The call as it would be on a machine where castkeys is new. */
function inHome(call: Call, directory: string): Call {
  const { CASTKEYS_PROFILE: _, CASTKEYS_STORE: __, CASTAI_API_URL: ___, ...env } = call.env;
  return {
    ...call,
    cwd: directory,
    env: { ...env, CASTKEYS_HOME: directory },
    home: { config: directory, state: join(directory, 'state') },
  };
}
