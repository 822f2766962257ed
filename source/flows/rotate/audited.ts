/** What the audit log is told of a rotation: every act that changes the world, as an intent before it and with its result. */
import { adminResource, enter, enterAround, keyResource } from '../../audit/audit.ts';
import { type Action, currentAttempt, type Journal, type RotationReport } from '../../rotation/rotation.ts';
import type { RotationAsked } from './asked.ts';

const names = {
  create: 'key.created',
  promote: 'key.promoted',
  deliver: 'key.delivered',
  'disable-old': 'key.disabled',
  'enable-old': 'key.enabled',
  'delete-old': 'key.deleted',
  'delete-orphan': 'key.deleted',
  'delete-new': 'key.deleted',
  'forget-old': 'key.removed',
  'forget-new': 'key.removed',
  'point-back': 'key.promoted',
} as const;

const isNamed = (type: Action['type']): type is keyof typeof names => Object.hasOwn(names, type);

/** Does one thing. What changes nothing outside castkeys' own notes is no entry. */
export function audited(
  asked: RotationAsked,
  journal: Journal,
  action: Action,
  work: () => Promise<Journal>,
): Promise<Journal> {
  if (!isNamed(action.type)) return work();
  const act = {
    action: names[action.type],
    resource: resourceOf(asked),
    metadata: { rotation: journal.id, act: action.type, ...aboutKey(journal, action) },
  };
  return enterAround(asked.install, act, work, after => {
    const keyId = currentAttempt(after)?.keyId;
    return action.type === 'create' && keyId !== undefined ? { keyId } : {};
  });
}

/** That one began. Where it can't be entered, it doesn't. */
export const enterStart = (asked: RotationAsked, journal: Journal) =>
  enter(asked.install, {
    action: 'rotation.started',
    resource: resourceOf(asked),
    metadata: { rotation: journal.id, emergency: journal.isEmergency, way: journal.way, ...oldId(journal) },
  });

export const enterEnd = (
  asked: RotationAsked,
  { id, phase, oldKeyId, newKeyId, deadAfterSeconds }: RotationReport,
) =>
  enter(asked.install, {
    action: phase === 'rolled-back' ? 'rotation.rolled-back' : 'rotation.finished',
    resource: resourceOf(asked),
    metadata: {
      rotation: id,
      ...(oldKeyId === undefined ? {} : { oldKeyId }),
      ...(newKeyId === undefined ? {} : { newKeyId }),
      ...(deadAfterSeconds === undefined ? {} : { deadAfterSeconds }),
    },
  });

const resourceOf = ({ place }: RotationAsked): string =>
  place.kind === 'slot' ? keyResource(place.profile, place.role) : adminResource(place.organizationId);

const oldId = ({ old }: Journal) => (old.keyId === undefined ? {} : { keyId: old.keyId });

function aboutKey(journal: Journal, action: Action): Readonly<Record<string, string>> {
  switch (action.type) {
    case 'delete-orphan':
    case 'delete-new':
      return { keyId: action.keyId };
    case 'deliver':
      return { consumer: action.consumer, what: action.what };
    case 'create':
      return {};
    case 'promote': {
      const keyId = currentAttempt(journal)?.keyId;
      return keyId === undefined ? {} : { keyId };
    }
    default:
      return oldId(journal);
  }
}
