import type { Tone } from '../../flow/flow.ts';
import type { WebhookSettings } from '../../webhooks/webhooks.ts';

interface Words {
  readonly tone: Tone;
  readonly words: string;
}

/** How a profile's webhooks stand, as far as castkeys knows without asking anybody. */
export function standingOf(settings: WebhookSettings | undefined): readonly Words[] {
  if (settings?.current === undefined) {
    return [
      {
        tone: 'info',
        words:
          'No webhook secret is kept: Cast AI signs nothing, so nobody can tell its webhooks from forged ones.',
      },
    ];
  }
  const { secrets, current, previous, configuration, probe: probed, header } = settings;
  const since = secrets[current]?.addedAt.slice(0, 10) ?? 'a time not told';
  return [
    { tone: 'success', words: `A webhook secret is kept since ${since}.` },
    configuration?.secretId === current
      ? {
          tone: 'success',
          words: `${configuration.name} at Cast AI sends it to ${configuration.host} in ${header}.`,
        }
      : {
          tone: 'warning',
          words: configuration ? 'Cast AI still sends the one before.' : 'Cast AI is not set to send it.',
        },
    ...(previous?.until
      ? [
          {
            tone: 'info',
            words: `The one before is accepted until ${previous.until.slice(0, 16).replace('T', ' ')} UTC.`,
          } as const,
        ]
      : []),
    probed
      ? {
          tone: probed.wrong.length === 0 ? 'success' : 'danger',
          words: `The probe of ${probed.host} on ${probed.at.slice(0, 10)} ${probed.wrong.length === 0 ? 'was clean' : `found it wrong about: ${probed.wrong.join(', ')}`}.`,
        }
      : { tone: 'info', words: 'No endpoint was probed yet.' },
  ];
}
