import type { Badge, CheckLine, FlowEvent, Line, Timeline, Tone, View } from '../../flow/flow.ts';
import { elapsed } from './elapsed.ts';
import { checkLooks } from './paint.ts';
import type { Signs } from './signs.ts';
import type { Said } from './transcript.ts';

type Step = Extract<Line, { kind: 'step' }>;

/**
 * What an event is in lines; none for one that is no news. `view` is the view after it. Pure. How a flow ended is
 * said by the command that played it.
 */
export function eventLines(event: FlowEvent, view: View, signs: Signs): readonly Said[] {
  switch (event.type) {
    case 'started':
      return [
        { text: event.title, look: 'strong' },
        { text: 'Esc or < goes back to the question before, Ctrl+C cancels.', look: 'quiet' },
      ];
    case 'refused':
      return [marked('danger', event.problem, signs)];
    case 'rewound':
      return [{ sign: signs.undone, text: 'back to the question before', look: 'quiet' }];
    case 'noted':
      return [marked(event.tone, event.text, signs)];
    case 'badge':
      return badgeLines(event.badge, signs);
    case 'step-done':
      return [doneLine(latestStep(view, event.id), signs)];
    case 'step-failed':
      return [
        marked('danger', `${latestStep(view, event.id)?.title ?? event.id}: failed`, signs),
        { text: event.error.message, look: 'danger', indent: 2 },
      ];
    case 'step-undone':
      return [undoneLine(`${latestStep(view, event.id)?.title ?? event.id}: taken back`, signs)];
    case 'undo-failed':
      return [
        marked('danger', `${latestStep(view, event.id)?.title ?? event.id}: could not be taken back`, signs),
        { text: event.error.message, look: 'danger', indent: 2 },
      ];
    case 'check':
      return checkLines(event.check, signs);
    case 'timeline':
      return timelineLines(event.timeline, signs);
    case 'step-started':
    case 'step-progress':
    case 'asked':
    case 'answered':
    case 'kept':
    case 'finished':
      return [];
  }
}

/** What it waits for is news; how far it is was said by the steps. */
function timelineLines({ waiting }: Timeline, signs: Signs): readonly Said[] {
  if (!waiting) return [];
  const until = waiting.until === undefined ? '' : ` (until ${waiting.until})`;
  return [{ sign: signs.running, text: `${waiting.words}${until}`, look: 'warning' }];
}

/** The latest attempt at a step. */
export function latestStep(view: View, id: string): Step | undefined {
  return view.lines.filter(line => line.kind === 'step').findLast(step => step.id === id);
}

function marked(tone: Tone, text: string, signs: Signs): Said {
  return { sign: signs.tones[tone], signLook: tone, text, look: tone === 'info' ? 'plain' : tone };
}

function undoneLine(text: string, signs: Signs): Said {
  return { sign: signs.undone, signLook: 'warning', text };
}

function doneLine(step: Step | undefined, signs: Signs): Said {
  const took = step?.endedAt === undefined ? undefined : elapsed(step.endedAt - step.startedAt);
  const aside = [step?.detail, took].filter(part => part).join(signs.between);
  const text = aside === '' ? (step?.title ?? '') : `${step?.title}: ${aside}`;
  return { sign: signs.tones.success, signLook: 'success', text };
}

/** Who and where; production and practice in words that nobody overlooks. */
function badgeLines(badge: Badge, signs: Signs): readonly Said[] {
  const isProduction = badge.environment === 'production';
  const parts = [
    badge.profile === undefined ? undefined : `profile ${badge.profile}`,
    badge.environment === undefined
      ? undefined
      : `environment ${isProduction ? 'PRODUCTION' : badge.environment}`,
    badge.region === undefined ? undefined : `region ${badge.region}`,
    badge.store === undefined ? undefined : `keys in the ${badge.store}`,
  ].filter(part => part !== undefined);
  return [
    ...(parts.length === 0
      ? []
      : [{ sign: signs.dot, text: parts.join(signs.between), look: 'strong' } as const]),
    ...(isProduction
      ? [
          {
            text: 'PRODUCTION: what is done from here on is done to the real thing.',
            look: 'production',
          } as const,
        ]
      : []),
    ...(badge.practice
      ? [{ text: 'PRACTICE: nothing here reaches Cast AI.', look: 'practice' } as const]
      : []),
  ];
}

const stateWords: Readonly<Record<CheckLine['state'], string>> = {
  pass: 'holds',
  warn: 'warns',
  fail: 'fails',
  unknown: 'not known',
  skip: 'does not apply here',
  measuring: 'is measured',
};

function checkLines({ state, title, evidence, fix }: CheckLine, signs: Signs): readonly Said[] {
  if (state === 'measuring') return [];
  const text = [`${title}: ${stateWords[state]}`, evidence].filter(part => part !== '').join('; ');
  const line: Said = { sign: signs.checks[state], signLook: checkLooks[state], text, indent: 2 };
  if (fix === undefined || state === 'pass') return [line];
  return [line, { sign: signs.fix, text: fix, look: 'info', indent: 4 }];
}
