/** Verifies one signature again and again, with the library or with bare node:crypto, and prints how long that took in ms. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { signPayload, verifyWebhookSignature } from '../../source/webhooks/verification/signature.ts';

const [side, bytes = '0', count = '0'] = process.argv.slice(2);
const secret = randomBytes(32).toString('base64');
const payload = randomBytes(Number(bytes));
const signature = signPayload(payload, secret);

const bare = (): boolean =>
  timingSafeEqual(
    createHmac('sha256', secret).update(payload).digest(),
    Buffer.from(signature.slice('sha256='.length), 'hex'),
  );
const ours = (): boolean => verifyWebhookSignature(payload, signature, secret);
const verify = side === 'ours' ? ours : bare;

let right = 0;
for (let warm = 0; warm < 2000; warm += 1) verify();
const started = performance.now();
for (let run = 0; run < Number(count); run += 1) if (verify()) right += 1;
const ms = performance.now() - started;
if (right !== Number(count)) throw new Error(`${right} of ${count} were verified`);
console.log(ms);
