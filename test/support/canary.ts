import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Every form in which a secret could lie somewhere: plain, UTF-16, hex, base64 at its three alignments, escaped for URLs and JSON. */
export function formsOf(secret: string): readonly Buffer[] {
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].map(shift => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    // The characters at either end depend on the neighbours.
    return text.slice(shift === 0 ? 0 : shift + 1, -4);
  });
  const texts = [
    secret,
    bytes.toString('hex'),
    ...base64,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
  ];
  return [...texts.map(text => Buffer.from(text)), Buffer.from(secret, 'utf16le')];
}

/** Whether a secret is in these bytes, in any form. */
export const holds = (bytes: Buffer, secret: string): boolean =>
  formsOf(secret).some(form => bytes.includes(form));

/** The files below a directory that hold a secret in any form, in their content or their name. */
export function filesHolding(directory: string, secret: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map(name => join(directory, name))
    .filter(path => path.includes(secret) || (statSync(path).isFile() && holds(readFileSync(path), secret)));
}
