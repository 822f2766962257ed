import { addKeyQuestions } from '../../flows/add-key.ts';
import { adoptQuestions } from '../../flows/adopt-key.ts';
import { afterScanQuestions } from '../../flows/after-scan.ts';
import { cleanUpQuestions } from '../../flows/clean-up.ts';
import { onboardQuestions } from '../../flows/onboard/onboard.ts';
import { probeQuestions } from '../../flows/probe-webhook.ts';
import { removeQuestions } from '../../flows/remove.ts';
import { rotateQuestions } from '../../flows/rotate/rotate.ts';
import { switchQuestions } from '../../flows/switch-profile.ts';
import { webhookSecretQuestions } from '../../flows/webhook-secret/webhook-secret.ts';
import { webhooksQuestions } from '../../flows/webhooks/webhooks.ts';
import { columns, prose } from '../columns.ts';
import { kindOf } from './question-kinds.ts';
import type { TopicText } from './topics.ts';

/** The commands that ask, with the ids an answers file may hold. */
export const questionsByCommand: readonly (readonly [string, readonly string[]])[] = [
  ['setup', onboardQuestions],
  ['keys add', addKeyQuestions],
  ['keys adopt', adoptQuestions],
  ['use', switchQuestions],
  ['rotate', rotateQuestions],
  ['scan', afterScanQuestions],
  ['clean-up', cleanUpQuestions],
  ['keys remove, profiles remove', removeQuestions],
  ['webhook', webhooksQuestions.filter(id => !isOfOneCommand(id))],
  ['webhook secret', webhookSecretQuestions],
  ['webhook probe', probeQuestions],
];

/** `webhook` asks what its commands ask, too; that is said there. */
function isOfOneCommand(id: string): boolean {
  return [...webhookSecretQuestions, ...probeQuestions].some(own => own === id);
}

export const text: TopicText = () =>
  [
    prose(
      '--answers FILE (or - for standard input) answers the questions of a wizard from a JSON object: question id to answer. What has a usual answer may be left out; an id that nothing asks for is a mistake (exit 2).',
      'An answer is text for "text" and "select", a list of texts for "multiselect", true or false for "confirm". What setup asks of each profile is answered for all, or for one: "staging.key.reader". A secret is never written into the file, only where it is:\n  {\n    "environments": ["development", "staging"],\n    "profile.region": "eu",\n    "roles": ["reader"],\n    "development.key.reader": {"env": "DEV_KEY"},\n    "staging.key.reader": {"env": "STAGING_KEY"},\n    "store.passphrase": {"file": "/run/secrets/passphrase"}\n  }',
    ),
    ...questionsByCommand.flatMap(([command, ids]) => [
      `castkeys ${command}:`,
      ...columns(ids.map(id => [id, kindOf(id)])),
      '',
    ]),
  ].join('\n');
