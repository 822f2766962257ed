import type { Config } from './config.ts';

interface Where {
  readonly origin: string;
  readonly organizationId: string;
}

/** The name of an organization's place in `config.admins`. */
export const adminKey = ({ origin, organizationId }: Where): string => `${origin} ${organizationId}`;

/** The local id of the admin credential of an organization, if one is stored. */
export const adminIdOf = (config: Config, where: Where): string | undefined => config.admins[adminKey(where)];
