import type { Question } from '../../flow/flow.ts';

const kinds: Readonly<Record<string, Question['kind']>> = {
  'keychain.trouble': 'select',
  'store.passphrase': 'secret',
  'store.passphrase-again': 'secret',
  environments: 'multiselect',
  'profile.environment': 'select',
  'profile.name': 'text',
  'profile.region': 'select',
  'profile.url': 'text',
  'profile.organization': 'select',
  'key.reader': 'secret',
  'key.writer': 'secret',
  'key.admin': 'secret',
  roles: 'multiselect',
  'source.reader': 'select',
  'source.writer': 'select',
  'admin.keep': 'confirm',
  clusters: 'multiselect',
  'webhook.import': 'confirm',
  'clean-up': 'select',
  gitignore: 'confirm',
  'key.unreachable': 'select',
  'region.try-others': 'confirm',
  profile: 'select',
  production: 'confirm',
  'repository.policy': 'confirm',
  'adopt.key': 'select',
  remove: 'confirm',
  'rotate.start': 'confirm',
  'rotate.go-on': 'confirm',
  'rotate.leaked': 'select',
  'rotate.new-key': 'secret',
  'rotate.old-disabled': 'confirm',
  'rotate.old-deleted': 'confirm',
  'rotate.old-enabled': 'confirm',
  'rotate.new-deleted': 'confirm',
  'rotate.delivery': 'select',
  'rotate.wait': 'select',
};

/** What kind of answer a question takes. */
export function kindOf(id: string): string {
  return kinds[id] ?? 'text';
}
