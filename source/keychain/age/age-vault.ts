import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import * as v from 'valibot';
import { CastkeysError } from '../../errors.ts';
import type { EntryStore } from '../entry-store.ts';
import type { ReadResult } from '../keychain.ts';
import { troubleOf } from '../keychain-error.ts';
import { Secret } from '../secret.ts';
import { passphraseIdentity, passphraseRecipient } from './age-scrypt.ts';
import { openText, sealText } from './age-text.ts';
import {
  adoptDraft,
  damaged,
  findVault,
  readVaultFile,
  reasonOf,
  type VaultFiles,
  writeVaultFile,
} from './vault-files.ts';

/** Asked once a process, at the first need; a wrong one is forgotten, so that the next call asks again. */
export type PassphraseSource = (purpose: 'open' | 'create') => Promise<Secret>;

const contentSchema = v.object({ version: v.literal(1), entries: v.record(v.string(), v.string()) });

/** Account to value. */
type Entries = ReadonlyMap<string, string>;

/** Entries in an age-encrypted file. Every access reads the file anew; whoever changes it holds the lock. */
export class AgeVault implements EntryStore {
  readonly #files: VaultFiles;
  readonly #source: PassphraseSource;
  readonly #workFactor: number | undefined;
  #passphrase: Promise<Secret> | undefined;
  #identity: Promise<Secret> | undefined;

  constructor(files: VaultFiles, source: PassphraseSource, workFactor?: number) {
    this.#files = files;
    this.#source = source;
    this.#workFactor = workFactor;
  }

  /** Does what takes a person or a second: asks for the passphrase, and opens a vault that exists. */
  async open(purpose: 'write' | 'remove'): Promise<void> {
    if ((await findVault(this.#files)) === 'ready') await this.#unlocked();
    else if (purpose === 'write') await this.#askPassphrase('create');
  }

  async get(account: string): Promise<ReadResult> {
    try {
      const value = (await this.#entries()).get(account);
      return value === undefined ? { state: 'absent' } : { state: 'value', secret: new Secret(value) };
    } catch (error) {
      const state = troubleOf(error);
      if (!state || !(error instanceof CastkeysError)) throw error;
      return { state, reason: error.message, fix: error.next, code: error.code };
    }
  }

  async set(account: string, secret: Secret): Promise<void> {
    if ((await findVault(this.#files)) === 'none') return this.#create(account, secret);
    const entries = new Map(await this.#entries()).set(account, secret.reveal());
    await this.#save(entries, await this.#unlocked());
  }

  async delete(account: string): Promise<void> {
    const entries = new Map(await this.#entries());
    if (entries.delete(account)) await this.#save(entries, await this.#unlocked());
  }

  async #create(account: string, secret: Secret): Promise<void> {
    const passphrase = await this.#askPassphrase('create');
    if (passphrase.reveal() === '') {
      throw new CastkeysError(
        'passphrase-wrong',
        'A passphrase can not be empty. Nothing was changed.',
        'choose another one',
      );
    }
    const identity = new Secret(await generateX25519Identity());
    const draft = await sealText(`${identity.reveal()}\n`, passphraseRecipient(passphrase, this.#workFactor));
    await writeVaultFile(this.#files.draft, draft);
    await this.#save(new Map([[account, secret.reveal()]]), identity);
    await adoptDraft(this.#files);
    this.#identity = Promise.resolve(identity);
  }

  async #entries(): Promise<Entries> {
    if ((await findVault(this.#files)) === 'none') return new Map();
    const identity = await this.#unlocked();
    const text = await this.#intact(this.#files.data, file => openText(file, identity.reveal()));
    return new Map(Object.entries(parseContent(text, this.#files.data)));
  }

  async #save(entries: Entries, identity: Secret): Promise<void> {
    const content = JSON.stringify({ version: 1, entries: Object.fromEntries(entries) });
    await writeVaultFile(
      this.#files.data,
      await sealText(content, await identityToRecipient(identity.reveal())),
    );
  }

  #unlocked(): Promise<Secret> {
    this.#identity ??= this.#unlock().catch(error => {
      this.#identity = undefined;
      this.#passphrase = undefined;
      throw error;
    });
    return this.#identity;
  }

  async #unlock(): Promise<Secret> {
    const passphrase = await this.#askPassphrase('open');
    const { identity } = this.#files;
    const text = await this.#intact(identity, file => openText(file, passphraseIdentity(passphrase)));
    const key = text.split('\n').find(line => line.startsWith('AGE-SECRET-KEY-'));
    if (!key) throw damaged(identity, 'there is no age identity in it');
    return new Secret(key.trim());
  }

  #askPassphrase(purpose: 'open' | 'create'): Promise<Secret> {
    this.#passphrase ??= this.#source(purpose).catch(error => {
      this.#passphrase = undefined;
      throw error;
    });
    return this.#passphrase;
  }

  async #intact(path: string, open: (file: Buffer) => Promise<string>): Promise<string> {
    const file = await readVaultFile(path);
    try {
      return await open(file);
    } catch (error) {
      throw error instanceof CastkeysError ? error : damaged(path, reasonOf(error));
    }
  }
}

function parseContent(text: string, path: string): Readonly<Record<string, string>> {
  try {
    return v.parse(contentSchema, JSON.parse(text)).entries;
  } catch {
    // What the parser says would quote the text, which holds the keys.
    throw damaged(path, 'what is encrypted in it was not written by castkeys');
  }
}
