import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Secret } from '../keychain/secret.ts';
import { type Role, roles } from '../profiles/profiles.ts';

/** What the programs behind a broker hold in place of keys: one random token a role, good for as long as the broker runs. */
export class Tickets {
  readonly #tickets: readonly { readonly role: Role; readonly token: Secret; readonly digest: Buffer }[];

  constructor(wanted: readonly Role[]) {
    this.#tickets = roles
      .filter(role => wanted.includes(role))
      .map(role => {
        const token = `castkeys_broker_${randomBytes(32).toString('base64url')}`;
        return { role, token: new Secret(token), digest: digestOf(token) };
      });
  }

  tokenFor(role: Role): Secret | undefined {
    return this.#tickets.find(ticket => ticket.role === role)?.token;
  }

  /** The role that a token stands for. How long it takes says nothing of how much of it is right. */
  roleOf(presented: string): Role | undefined {
    const digest = digestOf(presented);
    return this.#tickets.filter(ticket => timingSafeEqual(ticket.digest, digest))[0]?.role;
  }
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();
