import { sayDuration } from './duration.ts';
import { type Journal, placeWords } from './journal.ts';

/** Exactly what a rotation would do, line by line. Pure. */
export function planWords(
  journal: Journal,
  consumers: readonly string[],
  oldName = journal.old.name || journal.old.keyId || 'the old key',
): readonly string[] {
  const { place, isEmergency, keepDisabled } = journal;
  const make = makingWords(journal);
  const cutsFirst = isEmergency && place.kind === 'slot' && journal.way === 'api';
  const use = [
    'see it accepted three times in a row, in the same organization, as the same owner',
    `switch ${placeWords(place)} to it${cutsFirst ? '' : '; the old key works on'}`,
    ...consumers.map(title => `deliver it to ${title}, and have that proven`),
  ];
  const off = [`switch ${oldName} off ${inHands(journal)}`, 'see it refused (401)'];
  const remove = `delete ${oldName} ${inHands(journal)}`;
  if (cutsFirst) return [...off, make, ...use, remove];
  const wait = isEmergency
    ? []
    : [
        journal.drain > 0
          ? `wait until nobody used ${oldName} for ${sayDuration(journal.drain)}, and no process started by castkeys run has it`
          : `go on at once when no process started by castkeys run has ${oldName}`,
      ];
  const soak =
    isEmergency || keepDisabled === 0
      ? []
      : [`keep it off for ${sayDuration(keepDisabled)}: --rollback brings it back`];
  return [make, ...use, ...wait, ...off, ...soak, remove];
}

function makingWords(journal: Journal): string {
  const { id, place, owner, expiresInDays, way } = journal;
  const where = place.kind === 'slot' ? `${place.profile}/${place.role}` : 'admin';
  const whose = `${owner.kind === 'person' ? 'for' : 'for the service account'} ${owner.name ?? owner.id}`;
  const expires = expiresInDays === undefined ? 'never expires' : `expires after ${expiresInDays} days`;
  if (way === 'manual') return `have a key made ${whose} in the console, and put it into the keychain`;
  return `make the key castkeys/${where}/${id}-1 ${whose} (${expires}), and put it into the keychain`;
}

const inHands = ({ way }: Journal): string => (way === 'manual' ? '(in the console)' : 'at Cast AI');
