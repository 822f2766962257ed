import type { ChosenProfile } from '../../profiles/profiles.ts';

/** What a program is given of a profile: keys, or a broker's tokens. */
export interface Given {
  /** Where to send it. */
  readonly address: string;
  readonly key: string;
  /** Both, where the program gets each under its own name too. */
  readonly both?: { readonly reader: string; readonly writer: string } | undefined;
}

/** The variables a program finds a profile in; they are part of the contract with other people's programs. */
export function profileVariables(
  { address, key, both }: Given,
  { name, profile }: Pick<ChosenProfile, 'name' | 'profile'>,
): Readonly<Record<string, string>> {
  return {
    CASTAI_API_TOKEN: key,
    CASTAI_API_KEY: key,
    CASTAI_API_URL: address,
    ...(profile.organization ? { CASTAI_ORGANIZATION_ID: profile.organization.id } : {}),
    CASTKEYS_PROFILE: name,
    ...(both ? { CASTAI_READ_KEY: both.reader, CASTAI_WRITE_KEY: both.writer } : {}),
  };
}

/** Says that the address is a broker's, and keeps requests to it away from a proxy. */
export function brokerVariables(url: string, inherited: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const { hostname } = new URL(url);
  const excepted = ['NO_PROXY', 'no_proxy'].map(name => [
    name,
    [inherited[name], hostname].filter(Boolean).join(','),
  ]);
  return { CASTKEYS_BROKER: url, ...Object.fromEntries(excepted) };
}
