import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CastkeysError } from '../errors.ts';
import { ensurePrivateDirectory, type Home, syncDirectory, unwritable, withLock } from '../home/home.ts';
import { type Config, configVersion, parseConfig } from './config.ts';

/** The file that holds profiles and settings. */
export const configFile = (home: Home): string => join(home.config, 'config.json');

/**
 * What is registered, read without conf: loading that costs several times a bare node, and reading
 * commands have to be quick. Undefined before the first write.
 * @throws CastkeysError `config-invalid`, `config-newer`, `config-unreadable`.
 */
export function readConfig(home: Home): Config | undefined {
  const file = configFile(home);
  try {
    return parseConfig(readFileSync(file, 'utf8'), file);
  } catch (thrown) {
    if (thrown instanceof CastkeysError) throw thrown;
    if (isMissing(thrown)) return undefined;
    throw new CastkeysError(
      'config-unreadable',
      `${file} can't be read: ${thrown instanceof Error ? thrown.message : String(thrown)}. It was left as it is.`,
      `make it readable for you alone: chmod 600 ${file}`,
      { cause: thrown },
    );
  }
}

/** A text that is another one after every change of what is registered: for those who follow it. Costs one `stat`. */
export function configStamp(home: Home): string {
  const { mtimeNs, ino, size } = statSync(configFile(home), { bigint: true, throwIfNoEntry: false }) ?? {};
  return `${ino} ${mtimeNs} ${size}`;
}

/**
 * Changes what is registered: reads, changes and writes under the lock, atomically, on disk when it
 * returns, so that two terminals never lose each other's edits.
 */
export async function updateConfig(home: Home, change: (config: Config) => Config): Promise<Config> {
  return withLock(join(home.state, 'config.lock'), async () => {
    const changed = change(readConfig(home) ?? emptyConfig());
    await save(home, changed);
    return changed;
  });
}

function emptyConfig(): Config {
  return {
    version: configVersion,
    // Loaded here: it costs 2.5 ms, and reading commands never come here.
    installId: process.getBuiltinModule('node:crypto').randomBytes(8).toString('hex'),
    profiles: {},
    credentials: {},
    admins: {},
  };
}

async function save(home: Home, config: Config): Promise<void> {
  const { default: Conf } = await import('conf');
  const file = configFile(home);
  ensurePrivateDirectory(dirname(file));
  try {
    const conf = new Conf({
      cwd: home.config,
      configName: 'config',
      configFileMode: 0o600,
      accessPropertiesByDotNotation: false,
    });
    conf.store = config;
    syncDirectory(home.config);
  } catch (thrown) {
    throw unwritable(file, thrown);
  }
}

/** Below a file there is no file either; who writes there is told so. */
function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && ['ENOENT', 'ENOTDIR'].includes(String(thrown.code));
}
