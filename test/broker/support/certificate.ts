import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** A certificate that nobody vouches for, for a name or an address. */
export function aCertificate(name: `DNS:${string}` | `IP:${string}`): Certificate {
  const directory = mkdtempSync(join(tmpdir(), 'castkeys-certificate-'));
  const at = (file: string) => join(directory, file);
  try {
    const words = [
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
    ];
    const about = ['-subj', '/CN=castkeys test', '-addext', `subjectAltName=${name}`];
    execFileSync('openssl', ['req', ...words, ...about, '-keyout', at('key'), '-out', at('cert')], {
      stdio: 'pipe',
    });
    return { key: readFileSync(at('key'), 'utf8'), cert: readFileSync(at('cert'), 'utf8') };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
