/** Finding our own keys, retired ones, and whatever has their shape: in files and in every object that git has. */
export type { Finding } from './finding.ts';
export { isDangerous, judge } from './judge.ts';
export { loadKnownKeys, onlyShape, Recogniser } from './known-keys.ts';
export { registerOf } from './registered.ts';
export { type Progress, type ScanRequest, type ScanResult, scan } from './scan.ts';
