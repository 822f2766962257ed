/**
 * The register of processes that hold a key: what `castkeys run` started, and the brokers. A rotation does not switch off
 * a key that one of them still has.
 */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { ensurePrivateDirectory, type Home, unwritable } from '../home/home.ts';
import { processStart, stillLives } from './process-start.ts';

const runSchema = v.object({
  kind: v.picklist(['run', 'broker']),
  pid: v.pipe(v.number(), v.integer()),
  /** See `processStart`: two processes of one number are told apart by it. */
  start: v.string(),
  /** Local ids of the credentials it was given. */
  credentialIds: v.array(v.string()),
  /** ISO 8601 UTC. */
  since: v.string(),
  /** The program that was started, without its arguments: those may hold anything. */
  program: v.optional(v.string()),
});
/** A process that holds keys. */
export type Run = Readonly<v.InferOutput<typeof runSchema>>;

export interface RunToRegister {
  readonly kind: Run['kind'];
  readonly credentialIds: readonly string[];
  readonly since: Date;
  readonly program?: string;
  /** Default: this process. */
  readonly pid?: number;
}

/** A place in the register. */
export interface Registered {
  /** Says that another process holds the keys (the command, once it runs), or that other keys are held. */
  readonly change: (to: Partial<Pick<RunToRegister, 'pid' | 'credentialIds'>>) => void;
  /** Strikes it out. Whoever is killed before is struck out by the next who looks. */
  readonly end: () => void;
}

const registerOf = (home: Home): string => join(home.state, 'runs');

/**
 * Enters a process that is about to be given keys; synchronous, because `run` has to start quickly. Not fsynced: no process
 * survives what would lose it.
 * @throws CastkeysError `home-unwritable`: a rotation will not know of it.
 */
export function registerRun(home: Home, run: RunToRegister): Registered {
  const file = join(registerOf(home), `${randomUUID()}.json`);
  let current = run;
  const write = () => {
    const pid = current.pid ?? process.pid;
    const entry: Run = {
      kind: current.kind,
      pid,
      // One that has ended already is struck out by whoever looks.
      start: processStart(pid) ?? 'ended',
      credentialIds: [...current.credentialIds],
      since: current.since.toISOString(),
      ...(current.program === undefined ? {} : { program: current.program }),
    };
    try {
      writeFileSync(`${file}.new`, JSON.stringify(entry), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    } catch (thrown) {
      throw unwritable(file, thrown);
    }
  };
  ensurePrivateDirectory(registerOf(home));
  write();
  return {
    change: to => {
      current = { ...current, ...to };
      write();
    },
    end: () => rmSync(file, { force: true }),
  };
}

/** The processes that hold this credential and still live, oldest first. Strikes out those that have ended. */
export function livingRuns(home: Home, credentialId: string): readonly Run[] {
  return allLiving(home)
    .filter(({ credentialIds }) => credentialIds.includes(credentialId))
    .toSorted((one, other) => one.since.localeCompare(other.since));
}

function allLiving(home: Home): readonly Run[] {
  return filesIn(registerOf(home)).flatMap(file => {
    const run = readRun(file);
    if (run === undefined) return [];
    if (stillLives(run.pid, run.start)) return [run];
    rmSync(file, { force: true });
    return [];
  });
}

function filesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory)
      .filter(name => name.endsWith('.json'))
      .map(name => join(directory, name));
  } catch {
    // Nobody was ever given a key.
    return [];
  }
}

/** Undefined for one that was struck out just now, and for what nobody of us wrote: entries are renamed into place whole. */
function readRun(file: string): Run | undefined {
  try {
    const result = v.safeParse(v.pipe(v.string(), v.parseJson(), runSchema), readFileSync(file, 'utf8'));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}
