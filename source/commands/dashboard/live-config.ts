import { statSync } from 'node:fs';
import type { Home } from '../../home/home.ts';
import { type Config, configFile, readConfig } from '../../profiles/profiles.ts';

/** Reads the settings whenever somebody, in this process or another, has changed them; the same object until then. */
export function liveConfig(home: Home): () => Config | undefined {
  let seen = '';
  let config: Config | undefined;
  return () => {
    const now = lookOf(configFile(home));
    if (now !== seen) {
      config = readConfig(home);
      seen = now;
    }
    return config;
  };
}

/** The settings are replaced as a whole, so each version is a file of its own. */
function lookOf(file: string): string {
  const status = statSync(file, { throwIfNoEntry: false });
  return status ? `${status.ino} ${status.mtimeMs} ${status.size}` : 'none';
}
