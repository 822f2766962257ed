/** Keys that lie in plaintext where people put them: finding them, and taking them out of a file without harm. */
export { type CleanedFile, cleanFile, restoreFile } from './clean.ts';
export { plaintextFiles, repositoryRoot } from './files.ts';
export {
  findPlaintext,
  type PlaintextInFile,
  type PlaintextKey,
  type Surroundings,
} from './find.ts';
export { addIgnores, missingIgnores, noWorkTree, removeIgnores } from './ignores.ts';
export { inHistory } from './in-history.ts';
export { type KeptKey, keptAmong } from './kept.ts';
