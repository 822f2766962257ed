/** Finding our own keys, retired ones, and whatever has their shape: in files and in every object that git has. */
export { type Coverage, coverageOf } from './coverage.ts';
export type { Finding } from './finding.ts';
export { type Installed, installHooks } from './hooks/install-hooks.ts';
export { ignoredKeys } from './ignored-keys.ts';
export { type Judged, judgeAll } from './judge.ts';
export { loadKnownKeys, onlyShape, Recogniser } from './known-keys.ts';
export { tryKeys } from './live.ts';
export { registerOf } from './registered.ts';
export { ruleFor, type Scanner, scanners } from './rules/rules.ts';
export { type Progress, type ScanRequest, type ScanResult, scan, type What } from './scan.ts';
