import { execFileSync } from 'node:child_process';

/** End-to-end tests run the built program: build it before any of them, so that none tests an old one. */
export default function setup(): void {
  execFileSync(process.execPath, ['build.ts'], { stdio: 'inherit' });
}
