import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/** The variables of a dotenv file. Throws what the file system throws. */
export function readDotenv(file: string): ReturnType<typeof parseEnv> {
  // Windows' editor puts a mark before the first name.
  return parseEnv(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
}
