/** A proxy that the environment names for an address. Never its URL, which may hold a password. */
export interface Proxy {
  readonly variable: string;
  /** Node's fetch looks at these variables only where it is told to. */
  readonly isUsed: boolean;
}

/** The proxy for an origin; undefined where none is named, or NO_PROXY excepts the host. */
export function proxyOf(env: NodeJS.ProcessEnv, origin: string): Proxy | undefined {
  const { protocol, hostname } = new URL(origin);
  const name = protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const variable = [name, name.toLowerCase()].find(one => env[one]);
  if (variable === undefined || isExcepted(hostname, env['NO_PROXY'] ?? env['no_proxy'] ?? ''))
    return undefined;
  return { variable, isUsed: env['NODE_USE_ENV_PROXY'] === '1' };
}

function isExcepted(host: string, list: string): boolean {
  return list
    .split(/[\s,]+/)
    .map(entry => entry.replace(/^\*?\./, '').replace(/:\d+$/, ''))
    .some(entry => entry === '*' || (entry !== '' && (host === entry || host.endsWith(`.${entry}`))));
}
