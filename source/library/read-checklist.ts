import { measureProfileIn, type StatusReport } from '../checklist/checklist.ts';
import { CastkeysError } from '../errors.ts';
import { chooseProfile } from '../profiles/profiles.ts';
import { measurableFromVariables } from '../variables/variables.ts';
import { type Where, whereOf } from './where.ts';

export interface ChecklistOptions extends Where {
  /** Touch neither network nor keychain: what needs them is unknown. */
  readonly offline?: boolean;
  /** Only these lines, by id. */
  readonly only?: readonly string[];
  readonly signal?: AbortSignal;
}

/**
 * Measures the checklist of a profile, as `castkeys status` does: with its keys in the keychain, or, where castkeys knows no
 * profile, with keys from variables.
 *
 * @param profile its name; without it, the profile that the command line would use here.
 * @returns the lines in order, each with its state and evidence. A check that can't be carried out is `unknown`.
 * @throws CastkeysError where there is no such profile.
 */
export async function readChecklist(
  profile?: string,
  { offline, only, signal, ...where }: ChecklistOptions = {},
): Promise<StatusReport> {
  const here = whereOf(where);
  const made = await measurableFromVariables({ ...here, config: here.install.config(), name: profile });
  const config = made?.config ?? here.install.config();
  if (!config) throw new CastkeysError('profile-missing', 'There is no profile yet.', 'castkeys setup');
  const chosen = made?.chosen ?? chooseProfile({ ...here, config, flag: profile });
  try {
    return await measureProfileIn(
      {
        ...here,
        ...(signal ? { signal } : {}),
        keychain: made ? async () => made.keychain : here.install.keychain,
        // A practice server has to run: `castkeys practice`.
        reach: async () => {},
      },
      {
        chosen,
        config,
        keysFromVariables: made !== undefined,
        ...(offline === undefined ? {} : { offline }),
        ...(only === undefined ? {} : { only }),
      },
    );
  } finally {
    await here.install.close();
  }
}
