import { CastkeysError } from '../errors.ts';
import { readConfig, roles } from '../profiles/profiles.ts';
import type { Call, Command } from './command.ts';
import { bashScript } from './completion/bash.ts';
import { fishScript } from './completion/fish.ts';
import { completionTable } from './completion/table.ts';
import { zshScript } from './completion/zsh.ts';
import { oneName } from './positionals.ts';
import { profileOf } from './role-option.ts';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

const shells = Object.keys(scripts).join('|');

export const command: Command = {
  usage: [`completion ${shells}`],
  summary: 'A completion script for your shell, on standard output',
  takesWords: true,
  about:
    'Completes commands, options, profiles and roles. Put the line for your shell into its start-up file.',
  examples: [
    'source <(castkeys completion bash)    # ~/.bashrc',
    'source <(castkeys completion zsh)     # ~/.zshrc, below compinit',
    'castkeys completion fish | source     # ~/.config/fish/config.fish',
  ],
  async run(call) {
    call.streams.stdout.write(await answer(call));
    return undefined;
  },
};

async function answer(call: Call): Promise<string> {
  const wanted = oneName(call, `castkeys completion ${shells}`);
  switch (wanted) {
    case 'bash':
    case 'zsh':
    case 'fish': {
      const { verbs } = await import('./verbs.ts');
      return scripts[wanted](await completionTable(verbs));
    }
    // What the scripts ask at every Tab: one a line, and nothing where something is wrong.
    case 'profiles':
      return lines(profileNames(call));
    case 'roles':
      return lines(filledRoles(call));
    default:
      throw new CastkeysError(
        'usage',
        wanted === undefined ? 'Which shell?' : 'There is no completion for that shell.',
        `castkeys completion ${shells}`,
      );
  }
}

function profileNames({ home }: Call): readonly string[] {
  try {
    return Object.keys(readConfig(home)?.profiles ?? {});
  } catch {
    return [];
  }
}

/** The roles that the profile on the command line, or the chosen one, has a key for; both where that can't be told. */
function filledRoles(call: Call): readonly string[] {
  try {
    const { profile } = profileOf(call, readConfig(call.home));
    const filled = roles.filter(role => profile.slots[role] !== undefined);
    return filled.length > 0 ? filled : roles;
  } catch {
    return roles;
  }
}

const lines = (words: readonly string[]): string => words.map(word => `${word}\n`).join('');
