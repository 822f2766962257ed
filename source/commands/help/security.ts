import { join } from 'node:path';
import { configFile } from '../../profiles/profiles.ts';
import { prose } from '../columns.ts';
import type { TopicText } from './topics.ts';

export const text: TopicText = home =>
  prose(
    'What is stored where',
    'Keys: in the OS keychain (the macOS keychain, Windows Credential Manager, or the Secret Service of a Linux desktop), one entry each, service "castkeys". Where there is none, and only if you agree, in an age-encrypted file under a passphrase. Never in plaintext, and never in another place than the one you chose.',
    `Everything else holds no secret, and is for your user alone:\n  ${configFile(home)}\n  ${join(home.state, '')}`,
    'What of a key is in there: whose it is, when it was made and verified, and a fingerprint (HMAC-SHA-256 under a secret of this install, which is in the keychain), so that two keys can be compared.',
    'What this protects against',
    '- A key in a repository, a .env file, the shell history, a log, a screen recording, a backup of your home directory, another user of this machine.\n- A key that goes to the wrong host: it is bound to the address it was verified at. Plain http is for this machine only.\n- A rotation that ends half-way: nothing is overwritten, and nothing is revoked before the new key is proven.',
    'What it does not protect against',
    '- Programs that run as you. On Linux any of them can read the keyring while it is unlocked; on macOS any process run by the same node may read what node stored, without a question; on Windows any program of yours can read the Credential Manager.\n- The command that castkeys run starts: it has the key in its environment, and so has whatever it starts.\n- Whoever is root here, or watches you type.',
    'castkeys doctor says what holds on this machine.',
  );
