/** `npm run prove:rotation`: 200 requests a second for a minute through the broker, while the key behind it is rotated. */
import { execFileSync } from 'node:child_process';
import { throughRotation } from '../test/e2e/support/through-rotation.ts';
import { newMachine } from '../test/support/castkeys.ts';

const load = { seconds: 60, perSecond: 200, rotations: 2 };

execFileSync(process.execPath, ['build.ts'], { stdio: 'inherit' });
await using machine = await newMachine();
const went = await throughRotation(machine, load);
const holds =
  went.failures === 0 &&
  went.phases.every(phase => phase === 'deleted') &&
  went.oldKeyAnswers === 401 &&
  went.withKey.every(count => count > 0) &&
  went.requests > load.seconds * load.perSecond * 0.95;
console.log(went);
console.log(
  `${went.requests} requests in ${load.seconds} s through ${load.rotations} rotations: ${went.failures} failed. ${holds ? 'It holds.' : 'It does NOT hold.'}`,
);
process.exitCode = holds ? 0 : 1;
