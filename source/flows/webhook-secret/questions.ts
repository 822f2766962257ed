import { confirm, multiselect, secret, select, text } from '../../flow/flow.ts';
import { callbackProblem, readWebhookSecret } from '../../webhooks/webhooks.ts';

/** The ids an answers file may hold. */
export const webhookSecretQuestions = [
  'webhook.source',
  'webhook.secret',
  'webhook.url',
  'webhook.template',
  'webhook.severities',
  'webhook.unreached',
] as const;

export const sourceQuestion = select({
  id: 'webhook.source',
  message: 'Where does the webhook secret come from?',
  choices: [
    { value: 'make', title: 'Make a new one', hint: '256 random bits' },
    { value: 'paste', title: 'I have one', hint: 'a CASTAI_SECRET that receivers already check' },
  ],
  fallback: 'make',
});

export const secretQuestion = secret({
  id: 'webhook.secret',
  message: 'Paste the webhook secret',
  help: 'It goes to the keychain, and to Cast AI, which sends it in a header.',
  read: readWebhookSecret,
});

export const urlQuestion = text({
  id: 'webhook.url',
  message: 'Where should Cast AI send its webhooks?',
  help: 'Your endpoint, or a castkeys webhook relay. Empty: keep the secret here and leave Cast AI alone.',
  placeholder: 'https://hooks.example.com/castai',
  problem: answer => (answer === '' ? undefined : callbackProblem(answer)),
});

export const templateQuestion = confirm({
  id: 'webhook.template',
  message: "Replace the template, which doesn't tell when and which notification it is?",
  help: 'Without both, a webhook can be replayed. The body changes: receivers that read it have to know the new one.',
  fallback: true,
});

export const severitiesQuestion = multiselect({
  id: 'webhook.severities',
  message: 'Which notifications?',
  choices: [
    { value: 'CRITICAL', title: 'critical' },
    { value: 'ERROR', title: 'error' },
    { value: 'WARNING', title: 'warning' },
    { value: 'INFO', title: 'info' },
    { value: 'SUCCESS', title: 'success' },
  ],
  fallback: ['CRITICAL', 'ERROR', 'WARNING'],
  atLeast: 1,
});

/** What to do where the endpoint did not take a test call with the secret. */
export const unreachedQuestion = (isRotation: boolean) =>
  select({
    id: 'webhook.unreached',
    message: isRotation
      ? 'Your endpoint does not take the new secret yet. What now?'
      : 'Your endpoint did not answer as it should. What now?',
    choices: [
      {
        value: 'later',
        title: 'Go on later',
        hint: isRotation ? 'Cast AI goes on with the old one' : 'the secret is kept',
      },
      { value: 'again', title: 'Try again', hint: 'once the receivers have the secret' },
      { value: 'anyway', title: 'Set it all the same', hint: 'webhooks are refused until they do' },
      ...(isRotation ? [{ value: 'back' as const, title: 'Take the new one back' }] : []),
    ],
    fallback: 'later',
  });
