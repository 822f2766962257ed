import { prose } from '../columns.ts';
import type { TopicText } from './topics.ts';

export const text: TopicText = () =>
  prose(
    'A consumer is a place outside the keychain that uses the key of a role. A .castkeys.json that pins a profile declares those of its keys, and castkeys rotate delivers to them:',
    '{\n  "profile": "production",\n  "consumers": [\n    {\n      "kind": "command",\n      "name": "deploy-secret",\n      "role": "reader",\n      "deliver": ["./scripts/put-secret.sh"],\n      "prove": ["./scripts/has-secret.sh"],\n      "preflight": ["./scripts/can-reach.sh"],\n      "timeout": 60\n    }\n  ]\n}',
    '"deliver" and "prove" are programs with their arguments; no shell reads them. They run in the directory of the file and get the key on standard input, and nowhere else; 0 is success. "preflight" gets nothing. Only "name" and "deliver" have to be there.',
    'The file comes with a clone: what it would run is shown and agreed to once per content. After that its consumers count from wherever castkeys is called.',
    'One that fails holds the old key, not the rotation: mend it, and castkeys rotate --resume.',
  );
