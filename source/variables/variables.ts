/** Keys that come from variables, as in CI: without settings, and without a keychain. */
export { keyInVariables, keysInVariables, originInVariables } from './keys.ts';
export { measurableFromVariables } from './measurable.ts';
