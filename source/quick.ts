/** What has to be quick: answers that a shell prompt could wait for, and what makes the rest of the program start sooner. */
import { profileTable } from './commands/profile-table.ts';
import { findHome } from './home/home.ts';
import { readConfig } from './profiles/profiles.ts';

export { keepCompiled } from './compiled.ts';

/** What to print, or undefined where the whole program is needed: other words, or something is wrong. */
export function quickAnswer(words: readonly string[], env: NodeJS.ProcessEnv): string | undefined {
  const [noun, ...others] = words;
  const asked = others[0] === 'list' ? others.slice(1) : others;
  const isListing = noun === 'profiles' && asked.every(word => word === '--json') && asked.length <= 1;
  if (!isListing) return undefined;
  try {
    return profileTable(readConfig(findHome(env)), asked.length === 1 ? 'json' : 'words');
  } catch {
    return undefined;
  }
}
