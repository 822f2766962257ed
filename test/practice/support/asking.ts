import * as v from 'valibot';
import { Secret } from '../../../source/keychain/secret.ts';
import type { PracticeServer } from '../../../source/practice/practice.ts';

/** An answer, read whole. `json` is undefined where the body is none. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

export interface Asking {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks the server as curl would: `METHOD /path`, with a key or none. */
export async function ask(
  server: PracticeServer,
  key: Secret | undefined,
  line: string,
  { body, headers = {} }: Asking = {},
): Promise<Answered> {
  const [method = '', path = ''] = line.split(' ');
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: { ...(key === undefined ? {} : { 'X-API-Key': key.reveal() }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: jsonOf(text) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Picks what lies at a dotted path of an answer; throws where there is nothing. */
export function pick(answered: Answered, path: string): unknown {
  let here: unknown = answered.json;
  for (const name of path.split('.')) {
    if (typeof here !== 'object' || here === null || !(name in here)) {
      throw new Error(`no ${path} in ${answered.status} ${answered.text}`);
    }
    here = new Map<string, unknown>(Object.entries(here)).get(name);
  }
  return here;
}

export function pickText(answered: Answered, path: string): string {
  return v.parse(v.string(), pick(answered, path));
}

export function pickList(answered: Answered, path: string): readonly unknown[] {
  return v.parse(v.array(v.unknown()), pick(answered, path));
}

/** The names in a list of an answer. */
export function namesIn(answered: Answered, path: string): readonly string[] {
  return v.parse(v.array(v.object({ name: v.string() })), pick(answered, path)).map(({ name }) => name);
}

/** A clock that stands until it is moved. */
export function standingClock(start = '2026-10-01T09:00:00.000Z'): {
  readonly clock: () => Date;
  readonly pass: (ms: number) => void;
} {
  let now = Date.parse(start);
  return {
    clock: () => new Date(now),
    pass: ms => {
      now += ms;
    },
  };
}

/** Makes a service account without rights and a key of it, as the admin. */
export async function addAccount(
  server: PracticeServer,
  name: string,
): Promise<{ readonly id: string; readonly keyId: string; readonly secret: Secret }> {
  const accounts = `/v1/organizations/${server.organizationId}/service-accounts`;
  const account = await ask(server, server.keys.admin, `POST ${accounts}`, { body: { name } });
  const id = pickText(account, 'id');
  const key = await ask(server, server.keys.admin, `POST ${accounts}/${id}/keys`, {
    body: { key: { name: `${name}-key` } },
  });
  return { id, keyId: pickText(key, 'id'), secret: new Secret(pickText(key, 'token')) };
}

/** Asks for a role of a service account, over the organization or one cluster; returns the binding's id. */
export async function bind(
  server: PracticeServer,
  accountId: string,
  roleId: string,
  clusterId?: string,
): Promise<string> {
  const scope =
    clusterId === undefined
      ? { organization: { id: server.organizationId } }
      : { cluster: { id: clusterId } };
  const definition = { roleId, scopes: [scope], subjects: [{ serviceAccount: { id: accountId } }] };
  const bindings = `/v1/organizations/${server.organizationId}/role-bindings`;
  const made = await ask(server, server.keys.admin, `POST ${bindings}`, {
    body: [{ name: 'bound', definition }],
  });
  return pickText(made, '0.id');
}

/** Built-in role ids, as section 4.2 of the API facts has them. */
export const roleId = {
  owner: '3e1050c7-6593-4298-94bb-154637911d78',
  member: '8c60bd8e-21de-402a-969f-add07fd22c1b',
  viewer: '6fc95bd7-6049-4735-80b0-ce5ccde71cb1',
} as const;
