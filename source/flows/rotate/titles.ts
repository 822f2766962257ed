import { type Action, type Journal, placeWords } from '../../rotation/rotation.ts';

/** What an action is called while it is done, and what came of it. */
export function titleOf(action: Action, { place }: Pick<Journal, 'place'>): string {
  switch (action.type) {
    case 'create':
      return 'Make a new key, and put it into the keychain';
    case 'delete-orphan':
      return 'Delete a key whose value was lost on the way';
    case 'give-up-attempt':
      return 'Give up an attempt that came to nothing';
    case 'register':
      return 'Register the new key';
    case 'prove':
      return 'Try the new key';
    case 'promote':
      return `Switch ${placeWords(place)} to the new key`;
    case 'deliver':
      return action.what === 'new'
        ? `Deliver the new key to ${action.title}`
        : `Give ${action.title} the old key back`;
    case 'disable-old':
      return 'Switch the old key off';
    case 'prove-dead':
      return 'See the old key refused';
    case 'delete-old':
      return 'Delete the old key';
    case 'forget-old':
      return 'See it gone, and take its value out of the keychain';
    case 'enable-old':
      return 'Switch the old key on again';
    case 'prove-old':
      return 'Try the old key';
    case 'point-back':
      return `Switch ${placeWords(place)} back to the old key`;
    case 'delete-new':
      return 'Delete the new key';
    case 'forget-new':
      return 'Take the new key out of the keychain';
  }
}

/** The checks whose measurement an action changes. */
export const touchedBy = ({ type }: Action): readonly string[] => {
  if (type === 'promote' || type === 'point-back')
    return ['keychain', 'keys-live', 'distinct-keys', 'least-privilege', 'key-age', 'old-keys'];
  return type === 'register' || type === 'prove' ? [] : ['old-keys'];
};
