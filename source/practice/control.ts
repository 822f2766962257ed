import { CastkeysError } from '../errors.ts';
import { Secret } from '../keychain/secret.ts';
import type { Behaviour, BehaviourChange } from './behaviour.ts';
import { record } from './events.ts';
import { deleteKey, issueKey, setActive } from './keys.ts';
import { type Overview, overviewOf } from './overview.ts';
import { type Actor, actorFor, personOf } from './people.ts';
import type { RequestLog, RequestRecord } from './request-log.ts';
import type { Event, Key } from './schema.ts';
import type { Switchboard } from './switchboard.ts';
import type { CallResult } from './webhook-call.ts';
import { deliver, type Notification } from './webhooks.ts';
import type { World } from './world.ts';

/** A key to be made behind the API's back. Absent: never expires, of this server's own region. */
export interface KeyWish {
  readonly name: string;
  /** The id of a user or of a service account. */
  readonly ownerId: string;
  readonly organizationId: string;
  readonly expiresAt?: Date;
  readonly readonly?: boolean;
  readonly region?: string;
}

/**
 * The hand behind the practice world: what somebody else does in the console, what breaks, what was asked.
 * Everything about a key takes its id and throws a {@link CastkeysError} where there is none.
 */
export interface PracticeControl {
  readonly behaviour: Behaviour;
  behave(change: BehaviourChange): void;
  overview(): Overview;
  disable(keyId: string): Promise<void>;
  enable(keyId: string): Promise<void>;
  delete(keyId: string): Promise<void>;
  /** Makes the key's expiry now. */
  expire(keyId: string): Promise<void>;
  issue(wish: KeyWish): Promise<{ readonly id: string; readonly secret: Secret }>;
  /** Gives anything with an id another name, of any characters: escape sequences too. */
  rename(id: string, name: string): Promise<void>;
  /** The requests of this process, oldest first. */
  requests(): readonly RequestRecord[];
  forgetRequests(): void;
  /** Sends a notification to a webhook, as Cast AI would. Throws for an unknown id. */
  deliver(webhookId: string, notification: Notification): Promise<CallResult>;
}

export interface ControlParts {
  readonly world: World;
  readonly switchboard: Switchboard;
  readonly log: RequestLog;
  readonly save: () => Promise<void>;
  readonly url: () => string;
  readonly closing: () => AbortSignal;
}

const consoleActor: Actor = {
  id: 'console',
  kind: 'USER',
  email: 'console@practice.invalid',
  name: 'practice console',
};

export function openControl({ world, switchboard, log, save, url, closing }: ControlParts): PracticeControl {
  const change = async (keyId: string, action: Event['action'], apply: (key: Key) => void): Promise<void> => {
    const key = world.state.keys.find(one => one.id === keyId && !one.deleted);
    if (key === undefined) throw unknown('key', keyId);
    apply(key);
    const { id, name, organizationId } = key;
    const target = { id, name };
    record(world, {
      requestId: '',
      organizationId,
      actor: consoleActor,
      resource: 'api-key',
      action,
      target,
    });
    await save();
  };

  return {
    get behaviour() {
      return switchboard.behaviour;
    },
    behave: wanted => switchboard.behave(wanted),
    overview: () => overviewOf(world, url()),
    disable: keyId => change(keyId, 'disabled', key => setActive(world, key, false)),
    enable: keyId => change(keyId, 'enabled', key => setActive(world, key, true)),
    delete: keyId => change(keyId, 'deleted', key => deleteKey(world, key)),
    expire: keyId =>
      change(keyId, 'expired', key => {
        key.expiresAt = world.instant();
      }),
    issue: async ({ ownerId, expiresAt, ...wish }) => {
      const isUser = world.state.users.some(one => one.id === ownerId);
      if (!isUser && !world.state.serviceAccounts.some(one => one.id === ownerId)) {
        throw unknown('user or service account', ownerId);
      }
      const owner = { kind: isUser ? 'user' : 'serviceAccount', id: ownerId } as const;
      const createdBy = personOf(actorFor(world.state, owner));
      const { key, value } = issueKey(world, {
        ...wish,
        owner,
        createdBy,
        expiresAt: expiresAt?.toISOString() ?? null,
      });
      await change(key.id, 'created', () => {});
      return { id: key.id, secret: new Secret(value) };
    },
    rename: async (id, name) => {
      const found = withId(world, id);
      if (found === undefined) throw unknown('thing', id);
      found.name = name;
      await save();
    },
    requests: () => log.all(),
    forgetRequests: () => log.clear(),
    deliver: async (webhookId, notification) => {
      const webhook = world.state.webhooks.find(one => one.id === webhookId);
      if (webhook === undefined) throw unknown('webhook', webhookId);
      const result = await deliver(world, webhook, notification, closing());
      await save();
      return result;
    },
  };
}

function withId(world: World, id: string): { name: string } | undefined {
  const { organizations, users, serviceAccounts, keys, bindings, groups, clusters, webhooks } = world.state;
  const all = [organizations, users, serviceAccounts, keys, bindings, groups, clusters, webhooks];
  return all.flat().find(one => one.id === id);
}

function unknown(what: string, id: string): CastkeysError {
  return new CastkeysError(
    'failed',
    `The practice server has no ${what} with the id ${id}. Nothing was changed.`,
    'GET /practice on the practice server lists what there is',
  );
}
