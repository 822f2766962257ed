import { Secret } from '../keychain/secret.ts';
import { apiRoutes } from './api.ts';
import type { BehaviourChange } from './behaviour.ts';
import { openControl, type PracticeControl } from './control.ts';
import { RequestLog } from './request-log.ts';
import { practiceControlRoutes } from './routes/practice-control.ts';
import { seedState } from './seed.ts';
import { bySeededName, type SeededName, seededValue } from './seeded.ts';
import { LoopbackServer } from './server.ts';
import { loadState, saveState } from './state-file.ts';
import { Switchboard } from './switchboard.ts';
import { openWorld } from './world.ts';

export { type PracticeAtHome, practiceAtHome, startPracticeAtHome } from './at-home.ts';
export type { SeededName } from './seeded.ts';

export interface PracticeOptions {
  /** 0 or absent: any free port. */
  readonly port?: number;
  /**
   * Absent: the region the state file was made in, else `us`. Keys are good in the region that issued them:
   * a state file opened under another region answers 401 to all of its keys.
   */
  readonly region?: string;
  /** Where the state survives restarts (mode 0600). Absent: in memory, gone with the process. */
  readonly stateFile?: string;
  readonly clock?: () => Date;
  readonly behaviour?: BehaviourChange;
}

/**
 * The keys a newcomer starts from. `admin`, `viewer`, `member`: of service accounts with that role; `personal`,
 * `readonly`: of a person, the Owner; `stranger`: of an Owner in another organization; `elsewhere`: the admin
 * account's, but issued in another region, and so a 401 here.
 */
export type SeededKeys = Readonly<Record<SeededName, Secret>>;

export interface PracticeServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly region: string;
  /** The default organization, and its name. */
  readonly organizationId: string;
  readonly organizationName: string;
  readonly keys: SeededKeys;
  readonly keyIds: Readonly<Record<SeededName, string>>;
  readonly control: PracticeControl;
  /** Ends open connections at once; what was answered is saved. Closing twice is fine. */
  close(): Promise<void>;
}

/**
 * Starts castkeys' own stand-in for the Cast AI API on loopback (API facts, section 13). Throws a CastkeysError:
 * `port-taken`, `usage` for no port number, `config-invalid` or `config-unreadable` for the state file, which is
 * then left as it is, and `home-unwritable`.
 */
export async function startPractice(options: PracticeOptions = {}): Promise<PracticeServer> {
  const { clock = () => new Date(), stateFile } = options;
  const kept = stateFile === undefined ? undefined : await loadState(stateFile);
  const region = options.region ?? kept?.region ?? 'us';
  const state = kept ?? seedState(region, clock);
  const switchboard = new Switchboard(options.behaviour);
  const world = openWorld(state, region, clock, () => switchboard.behaviour);
  const log = new RequestLog();
  const save = async () => {
    if (stateFile !== undefined) await saveState(stateFile, state);
  };

  let url = '';
  const control = openControl({
    world,
    switchboard,
    log,
    save,
    url: () => url,
    closing: () => server.closing,
  });
  const routes = [...apiRoutes, ...practiceControlRoutes(control)];
  const server = new LoopbackServer({ world, routes, switchboard, log, save });
  // Listening comes first: where the port is taken, by another server with this very file perhaps, nothing is written.
  url = await server.listen(options.port ?? 0);
  try {
    await save();
  } catch (thrown) {
    await server.close();
    throw thrown;
  }

  const [organization] = state.organizations;
  return {
    url,
    region,
    organizationId: organization?.id ?? '',
    organizationName: organization?.name ?? '',
    keys: bySeededName(name => new Secret(seededValue(state.seed, name))),
    keyIds: state.seeded,
    control,
    close: () => server.close(),
  };
}
