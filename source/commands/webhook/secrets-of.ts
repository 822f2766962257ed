import { CastkeysError } from '../../errors.ts';
import { Secret } from '../../keychain/secret.ts';
import { readWebhookSecrets } from '../../webhooks/webhooks.ts';
import type { Call, Option } from '../command.ts';
import { profileOf } from '../role-option.ts';
import type { Session } from '../session.ts';

export const secretOption: Readonly<Record<string, Option>> = {
  'secret-env': {
    type: 'string',
    value: 'VAR',
    help: "the secret in this variable, instead of the profile's",
  },
};

/** The secrets a call is about, the newest first, and whose they are. */
export interface SecretsInUse {
  readonly secrets: readonly [Secret, ...Secret[]];
  readonly whose: string;
}

/** The secret in the variable of `--secret-env`, else those of the profile. */
export async function secretsOf(call: Call, { install }: Session): Promise<SecretsInUse> {
  const variable = call.flags.text('secret-env');
  if (variable !== undefined)
    return { secrets: [fromVariable(call, variable)], whose: `the variable ${variable}` };
  const config = install.config();
  const { name } = profileOf(call, config);
  const { current, previous } = await readWebhookSecrets(
    await install.keychain(),
    config,
    name,
    call.clock(),
  );
  return { secrets: previous ? [current, previous] : [current], whose: name };
}

function fromVariable({ env }: Call, variable: string): Secret {
  const value = env[variable];
  if (value) return new Secret(value);
  throw new CastkeysError('usage', `The variable ${variable} holds no secret.`, 'castkeys webhook secret');
}
