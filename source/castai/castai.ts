/** Cast AI's API: one key, one origin, and three ways a question about a key can end. */
export { builtInRoles } from './access.ts';
export { CastaiError } from './castai-error.ts';
export { type CastaiClient, castaiClient } from './client.ts';

export type { ClientOptions } from './connection.ts';

export { looksLikeKey, redactKeys, strictKey } from './key-shape.ts';

export { readPastedKey } from './pasted-key.ts';
export {
  builtInRegions,
  originOf,
  readRegion,
  regionAt,
} from './regions.ts';

export { type KeyOwner, type Verdict, verifyKey } from './verify-key.ts';
