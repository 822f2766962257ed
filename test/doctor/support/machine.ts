/** A machine in good health, of which a test makes one thing ill. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Diagnosed, examine, type MachineOptions, openMachine } from '../../../source/doctor/doctor.ts';
import { memoryKeychain } from '../../../source/keychain/memory-keychain.ts';
import type { Config, Profile } from '../../../source/profiles/profiles.ts';

/** A directory that is gone after the test. */
export function temporaryDirectory(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'castkeys-doctor-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

export function healthyMachine(changes: Partial<MachineOptions> = {}): MachineOptions {
  return {
    platform: 'linux',
    env: { PATH: process.env['PATH'], TERM: 'xterm-256color', LANG: 'C.UTF-8' },
    home: { config: '/nowhere/config', state: '/nowhere/state' },
    screen: {
      stdin: true,
      stdout: true,
      stderr: true,
      columns: 120,
      rows: 40,
      wizard: { kind: 'full-screen' },
      colour: { level: 2, because: 'TERM=xterm-256color' },
      speaksUtf8: true,
    },
    isAttended: true,
    settings: undefined,
    store: { kind: 'keychain', why: 'the default' },
    addresses: [],
    version: '1.2.3',
    openKeychain: async () => memoryKeychain(),
    clock: () => new Date(),
    ...changes,
  };
}

/** Every line, by its id. */
export async function diagnose(
  changes: Partial<MachineOptions> = {},
  limitMs?: number,
): Promise<(id: string) => Diagnosed> {
  const machine = openMachine(healthyMachine(changes));
  try {
    const lines = await examine(machine, limitMs === undefined ? {} : { limitMs });
    return id => {
      const line = lines.find(one => one.id === id);
      if (line) return line;
      throw new Error(`there is no line ${id} among ${lines.map(one => one.id).join(', ')}`);
    };
  } finally {
    await machine.close();
  }
}

export function configWith(changes: Partial<Config> = {}): Config {
  return { version: 1, installId: 'install', profiles: {}, credentials: {}, admins: {}, ...changes };
}

export function profileWith(slots: Profile['slots'], origin = 'https://api.cast.ai'): Profile {
  return {
    environment: 'staging',
    region: 'us',
    origin,
    organization: { id: 'o1' },
    authorization: 'x-api-key',
    policy: { scopes: ['read:*'], clusters: [], maxAgeDays: 90 },
    slots,
  };
}

export function credential(name: string): Config['credentials'][string] {
  return {
    origin: 'https://api.cast.ai',
    name,
    addedAt: '2026-01-02T03:04:05.000Z',
    fingerprint: 'f',
    store: 'keychain',
  };
}
