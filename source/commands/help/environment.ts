import { columns, prose } from '../columns.ts';
import type { TopicText } from './topics.ts';

const read: readonly (readonly [string, string])[] = [
  ['CASTKEYS_HOME', 'settings and state in this directory'],
  ['CASTKEYS_PROFILE', 'the profile, where --profile names none'],
  ['CASTKEYS_STORE', 'auto (default), keychain, or file: is itself the consent to the encrypted file'],
  ['CASTKEYS_PASSPHRASE_FILE', 'a file with the passphrase of the encrypted file'],
  ['CASTKEYS_PASSPHRASE', 'the passphrase itself; the file is better'],
  ['CASTAI_API_URL', 'the address for this call; a key bound to another one is not sent there (exit 2)'],
  ['CASTAI_READ_KEY', 'and the other names of keys below: what status measures where no profile is set up'],
  ['NO_COLOR', 'no colours'],
  ['FORCE_COLOR', 'colours: 0 none, 1 sixteen, 2 256, 3 all; also where there is no terminal'],
  ['CI', 'nobody is there: nothing is asked'],
  ['TERM=dumb', 'linear prompts, no colours'],
  ['INK_SCREEN_READER', 'linear prompts'],
  ['HTTPS_PROXY, NO_PROXY', 'with NODE_USE_ENV_PROXY=1: a proxy'],
  ['NODE_EXTRA_CA_CERTS', 'further certificate authorities, for a proxy that signs'],
];

const set: readonly (readonly [string, string])[] = [
  ['CASTAI_API_TOKEN', 'the key, as Terraform and Pulumi call it'],
  ['CASTAI_API_KEY', 'the same value, as other tools call it'],
  ['CASTAI_API_URL', 'the address of the API'],
  ['CASTAI_ORGANIZATION_ID', 'the organization'],
  ['CASTKEYS_PROFILE', 'the profile'],
  ['CASTAI_READ_KEY', 'the two keys, where both roles are filled and no --role was given'],
  ['CASTAI_WRITE_KEY', ''],
  ['CASTKEYS_BROKER', "with --broker: the broker's address; the keys above are then tokens of this run"],
];

export const text: TopicText = () =>
  [
    'What castkeys reads:',
    ...columns(read),
    '',
    'What castkeys run sets for its command:',
    ...columns(set),
    '',
    prose(
      'CASTKEYS_PASSPHRASE, CASTKEYS_PASSPHRASE_FILE and any inherited variable that holds one of our keys are removed from its environment.',
    ),
  ].join('\n');
