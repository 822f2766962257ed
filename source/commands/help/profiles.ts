import { configFile } from '../../profiles/profiles.ts';
import { prose } from '../columns.ts';
import type { TopicText } from './topics.ts';

export const text: TopicText = home =>
  prose(
    'A profile is one environment: development, staging, production, or any name. It has a region, an organization, a policy (what its keys may do, and how old they may get), and up to two keys: a reader and a writer. An admin key, which may make and revoke keys, belongs to the organization and is never handed to a command.',
    'Which profile a command is about, the first that there is:\n  1. --profile NAME\n  2. the variable CASTKEYS_PROFILE\n  3. the nearest .castkeys.json upwards (castkeys use NAME --here)\n  4. the active profile (castkeys use NAME)',
    'castkeys status says which, and why. A .castkeys.json comes with a clone and is not trusted: one that points at production counts only once somebody here agreed to it.',
    'A key is bound to the address it was verified at, and is never sent anywhere else. A profile that holds one keeps its region and organization.',
    `Commands: castkeys profiles list, show, add, edit, remove. They are in\n  ${configFile(home)}\nwhich holds no secret.`,
  );
