import { Secret } from '../../../source/keychain/secret.ts';
import { Recogniser, type ScanRequest, type ScanResult, scan } from '../../../source/leaks/leaks.ts';
import { today } from '../../support/install.ts';
import { homeIn } from '../../support/temporary.ts';
import { gitEnv } from './git.ts';

export interface Wanted extends Partial<Omit<ScanRequest, 'home' | 'path'>> {
  readonly path: string;
  /** Where castkeys keeps its files. */
  readonly home: string;
  /** Own keys by credential id. */
  readonly own?: Readonly<Record<string, string>>;
}

/** Scans as the command does, for these own keys. */
export function scanning({ own = {}, home, ...request }: Wanted): Promise<ScanResult> {
  const secrets = new Map(Object.entries(own).map(([id, value]) => [id, new Secret(value)]));
  return scan({
    what: 'everything',
    full: false,
    needsValues: false,
    cwd: request.path,
    env: gitEnv,
    clock: () => today,
    signal: new AbortController().signal,
    wanted: Object.keys(own),
    recogniser: async () => new Recogniser({ own: secrets }),
    ...request,
    home: homeIn(home),
  });
}
