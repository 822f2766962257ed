import { CastkeysError } from '../errors.ts';
import { harmless } from './scrub.ts';

export type BuiltInRegion = 'us' | 'eu' | 'india';

/** Where a profile's API is: a region Cast AI runs, or the URL of something else (a proxy, the practice server). */
export type Region = BuiltInRegion | `https://${string}` | `http://${string}`;

export interface RegionFacts {
  readonly id: BuiltInRegion;
  readonly title: string;
  /** API origin, section 1.1 of the API facts. */
  readonly origin: string;
  /** Where a person makes keys by hand; absent where no address is known. */
  readonly console?: string;
}

export const builtInRegions: readonly RegionFacts[] = [
  { id: 'us', title: 'United States', origin: 'https://api.cast.ai', console: 'https://console.cast.ai' },
  { id: 'eu', title: 'Europe', origin: 'https://api.eu.cast.ai', console: 'https://console.eu.cast.ai' },
  { id: 'india', title: 'India', origin: 'https://api.india.cast.ai' },
];

/** Reads what was given as a region (`us`, `EU`, a URL). Throws a `usage` error for anything a key must not be sent to. */
export function readRegion(text: string): Region {
  const name = text.trim().toLowerCase();
  const builtIn = builtInRegions.find(region => region.id === name);
  if (builtIn) return builtIn.id;
  if (name === 'practice') throw unusable('The practice server listens elsewhere each time');
  const origin = originOfUrl(text.trim());
  return builtInRegions.find(region => region.origin === origin)?.id ?? origin;
}

/** The origin (`https://host[:port]`) that a region's keys are bound to. Throws as {@link readRegion} does. */
export function originOf(region: string): string {
  const read = readRegion(region);
  return builtInRegions.find(({ id }) => id === read)?.origin ?? read;
}

/** What Cast AI calls the region at this origin; undefined for a URL of one's own. */
export function regionAt(origin: string): RegionFacts | undefined {
  return builtInRegions.find(region => region.origin === origin);
}

function originOfUrl(text: string): `https://${string}` | `http://${string}` {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    // What stands before an @ may be a password.
    const what = text.includes('@') ? 'That' : `"${harmless(text, 80)}"`;
    throw unusable(`${what} is neither a region nor an http(s) URL`);
  }
  if (url.username || url.password) throw unusable('The API URL must not carry credentials');
  if (url.pathname !== '/' || url.search || url.hash) {
    throw unusable(`The API URL must end after the host, ${harmless(url.host, 80)}, without path or query`);
  }
  refuseMistakenHost(url.hostname);
  if (url.protocol === 'https:') return `https://${url.host}`;
  if (!isLoopback(url.hostname)) {
    throw unusable(
      `http://${harmless(url.host, 80)} would send the key unencrypted; plain http is for this machine only`,
    );
  }
  return `http://${url.host}`;
}

/** Hosts that write-ups confuse with the API (section 11 of the API facts). A key must not go there. */
function refuseMistakenHost(host: string): void {
  if (host === 'castai.com' || host.endsWith('.castai.com')) {
    throw unusable(`${host} is not Cast AI's; its API is api.cast.ai`);
  }
  if (builtInRegions.some(region => region.console === `https://${host}`)) {
    throw unusable(`${host} is the console, not the API`);
  }
}

// `URL` has already turned 127.1, 0x7f.1 and the like into four decimal parts.
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function unusable(what: string): CastkeysError {
  return new CastkeysError('usage', `${what}. Nothing was sent.`, '--region us, eu, india, or https://HOST');
}
