import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Secret } from '../keychain/secret.ts';
import { type Role, roles } from '../profiles/profiles.ts';

/** What the programs behind a broker hold in place of keys: one random token a role, good for as long as the broker runs. */
export class Tickets {
  readonly #tickets: readonly { readonly role: Role; readonly token: Secret; readonly bytes: Buffer }[];

  constructor(wanted: readonly Role[]) {
    this.#tickets = roles
      .filter(role => wanted.includes(role))
      .map(role => {
        const token = `castkeys_broker_${randomBytes(32).toString('base64url')}`;
        return { role, token: new Secret(token), bytes: Buffer.from(token) };
      });
  }

  tokenFor(role: Role): Secret | undefined {
    return this.#tickets.find(ticket => ticket.role === role)?.token;
  }

  /** The role that a token stands for. How long it takes says nothing of how much of it is right. */
  roleOf(presented: string): Role | undefined {
    const given = Buffer.from(presented);
    // Every token is as long as the others, so that a length tells nothing either.
    return this.#tickets.filter(
      ({ bytes }) => bytes.length === given.length && timingSafeEqual(bytes, given),
    )[0]?.role;
  }
}
