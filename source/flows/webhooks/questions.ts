import { type Choice, select, text } from '../../flow/flow.ts';
import { callbackProblem, type ProbeScheme, type WebhookSettings } from '../../webhooks/webhooks.ts';

export type Task = 'set' | 'rotate' | 'finish' | 'probe' | 'relay' | 'sign' | 'verify' | 'done';

const firstTask = (settings: WebhookSettings | undefined) =>
  select<Task>({
    id: 'webhook.task',
    message: 'What about the webhooks?',
    choices: tasksFor(settings),
    fallback: 'done',
  });

/** An answers file names one task: from the second round on it gets what is offered, and that is nothing more. */
export const taskQuestion = (settings: WebhookSettings | undefined, round: number) =>
  round === 1
    ? firstTask(settings)
    : { ...firstTask(settings), id: `webhook.task-${round}`, message: 'What else?' };

function tasksFor(settings: WebhookSettings | undefined): readonly Choice<Task>[] {
  const done: Choice<Task> = { value: 'done', title: 'Nothing more' };
  if (settings?.current === undefined) {
    return [{ value: 'set', title: 'Make or bring a secret', hint: 'and have Cast AI send it' }, done];
  }
  const isSent = settings.configuration?.secretId === settings.current;
  return [
    { value: 'set', title: isSent ? 'Set it at Cast AI again' : 'Have Cast AI send it' },
    ...(settings.previous
      ? [{ value: 'finish', title: 'Finish the rotation', hint: 'one secret again' } as const]
      : [{ value: 'rotate', title: 'Replace the secret', hint: 'without a gap' } as const]),
    { value: 'probe', title: 'Probe an endpoint', hint: 'does it refuse what is forged?' },
    { value: 'relay', title: 'Start a relay', hint: 'Cast AI in front, signatures behind' },
    { value: 'sign', title: 'Sign a payload' },
    { value: 'verify', title: 'Verify a signature' },
    done,
  ];
}

export const relayQuestion = text({
  id: 'relay.to',
  message: 'Where should the relay forward genuine webhooks?',
  help: 'A service that verifies a signature. The relay goes on in this terminal; Ctrl+C ends it.',
  placeholder: 'http://127.0.0.1:3000/hook',
  problem: answer =>
    /^https?:\/\//.test(answer) && URL.canParse(answer) ? undefined : 'That is no http or https URL.',
});

export const probeUrlQuestion = text({
  id: 'probe.url',
  message: 'Which endpoint?',
  placeholder: 'http://127.0.0.1:3000/hook',
  problem: callbackProblem,
});

export const schemeQuestion = select<ProbeScheme['kind']>({
  id: 'probe.scheme',
  message: 'How are webhooks proven there?',
  choices: [
    { value: 'token', title: 'The secret in a header', hint: 'as Cast AI sends it' },
    { value: 'standard', title: 'Signed with id and time', hint: 'behind a castkeys webhook relay' },
    { value: 'hmac', title: 'The body is signed', hint: 'X-Webhook-Signature' },
  ],
  fallback: 'token',
});

export const payloadToSign = text({
  id: 'sign.payload',
  message: 'Which payload?',
  help: 'One line; castkeys webhook sign < FILE takes a file, byte for byte.',
});

export const payloadToVerify = text({
  id: 'verify.payload',
  message: 'Which payload?',
  help: 'One line; castkeys webhook verify takes a file.',
});

export const signatureQuestion = text({
  id: 'verify.signature',
  message: 'Which signature?',
  placeholder: 'sha256=…',
});
