import { readPastedKey } from '../../castai/castai.ts';
import { confirm, secret, select } from '../../flow/flow.ts';
import { type Journal, placeWords, sayDuration } from '../../rotation/rotation.ts';

/** The ids an answers file may hold. */
export const rotateQuestions = [
  'adopt.key',
  'repository.policy',
  'rotate.start',
  'rotate.go-on',
  'rotate.leaked',
  'rotate.new-key',
  'rotate.old-disabled',
  'rotate.old-deleted',
  'rotate.old-enabled',
  'rotate.new-deleted',
  'rotate.delivery',
  'rotate.wait',
] as const;

export const startQuestion = ({ place, isEmergency }: Journal, isProduction: boolean) =>
  confirm({
    id: 'rotate.start',
    message: isEmergency
      ? `Switch the ${placeWords(place)} key off now?`
      : `Rotate the ${placeWords(place)} key${isProduction ? ' of PRODUCTION' : ''}?`,
    help: isEmergency
      ? 'Whatever uses it fails until it has the new one. That is what a leaked key calls for.'
      : 'Nothing that uses the old key breaks: it works on until it is shown to be unused.',
    fallback: false,
  });

/** Somebody else's half-done work, or one's own of long ago, may no longer be wanted. */
export const goOnQuestion = ({ startedAt, host, updatedAt }: Journal) =>
  confirm({
    id: 'rotate.go-on',
    message: `A rotation begun at ${startedAt.slice(0, 16).replace('T', ' ')} UTC on ${host} is unfinished. Go on with it?`,
    help: `It was last touched at ${updatedAt.slice(0, 16).replace('T', ' ')} UTC. castkeys rotate --rollback takes it back instead.`,
    fallback: false,
  });

export const leakedQuestion = () =>
  select({
    id: 'rotate.leaked',
    message: 'A rotation is unfinished, so two keys work. Which one leaked?',
    choices: [
      {
        value: 'both',
        title: 'The new one, both, or not known',
        hint: 'both go, and a third takes their place',
      },
      { value: 'old', title: 'Only the old one', hint: 'it is switched off now; the new one stays' },
    ],
    fallback: 'both',
  });

export const newKeyQuestion = ({ owner }: Journal) =>
  secret({
    id: 'rotate.new-key',
    message: 'Paste the new key',
    help: `In the Cast AI console make a key for the same ${owner.kind === 'person' ? 'person' : 'service account'}: ${owner.name ?? owner.id}. Leave the old one on.`,
    read: readPastedKey,
  });

const consoleQuestions = {
  'disable-old': (help: string) =>
    confirm({
      id: 'rotate.old-disabled',
      message: 'Is the old key switched off in the console?',
      help,
      fallback: false,
    }),
  'delete-old': (help: string) =>
    confirm({
      id: 'rotate.old-deleted',
      message: 'Is the old key deleted in the console?',
      help,
      fallback: false,
    }),
  'enable-old': (help: string) =>
    confirm({
      id: 'rotate.old-enabled',
      message: 'Is the old key switched on again in the console?',
      help,
      fallback: false,
    }),
  'delete-new': (help: string) =>
    confirm({
      id: 'rotate.new-deleted',
      message: 'Is the new key deleted in the console?',
      help,
      fallback: false,
    }),
} as const;
export type ConsoleAct = keyof typeof consoleQuestions;

export const consoleQuestion = (what: ConsoleAct, name: string | undefined) =>
  consoleQuestions[what](
    `${name ? `It is called ${name}. ` : ''}castkeys looks for itself; no leaves it for later.`,
  );

export const deliveryQuestion = (consumer: string) =>
  select({
    id: 'rotate.delivery',
    message: `${consumer} could not be given the new key. What now?`,
    help: 'Both keys work; the old one stays on until every consumer has the new one.',
    choices: [
      { value: 'later', title: 'Stop here', hint: 'castkeys rotate --resume tries it again' },
      { value: 'again', title: 'Try again', hint: 'after you mended it in another window' },
      { value: 'back', title: 'Roll back', hint: 'the old key everywhere, the new one removed' },
    ],
    fallback: 'later',
  });

export const waitQuestion = (left: number | undefined) =>
  select({
    id: 'rotate.wait',
    message:
      left === undefined ? 'Stay, and watch?' : `That takes ${sayDuration(left)} at least. Stay, and watch?`,
    choices: [
      {
        value: 'later',
        title: 'Stop here',
        hint: 'castkeys rotate --resume, or --due from a timer, goes on',
      },
      { value: 'stay', title: 'Stay and watch', hint: 'Ctrl+C leaves it as it is' },
    ],
    fallback: 'later',
  });
