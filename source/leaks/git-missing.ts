import { CastkeysError } from '../errors.ts';

/** git could not be started. */
export function gitMissing(): CastkeysError {
  return new CastkeysError(
    'git-missing',
    'git is not on the PATH, so no history can be read. Nothing was concluded.',
    'install git 2.20 or newer',
  );
}
