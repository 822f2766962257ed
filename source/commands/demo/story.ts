import { CastkeysError } from '../../errors.ts';
import { memoryKeychain } from '../../keychain/memory-keychain.ts';
import type { Call } from '../command.ts';
import { asLine, measureProfile } from '../measure.ts';
import { type Session, withSession } from '../session.ts';
import { setUp } from '../setup.ts';
import { checklistWords } from '../status-words.ts';
import { openStage } from './stage.ts';

const profile = 'development';

/** Plays the story: a key is onboarded, used, cut off at the server, and the checklist notices. */
export async function tellStory(call: Call): Promise<void> {
  const keychain = memoryKeychain();
  await withSession(
    call,
    async session => {
      await setUp(call, session, () => openStage(call));
      await keyIsCutOff(call, session);
    },
    async () => keychain,
  );
}

/** Somebody disables the key in the console: the tick goes, and comes back when the key does. */
async function keyIsCutOff(call: Call, session: Session): Promise<void> {
  const say = (words: string) => call.streams.stderr.write(`${words}\n`);
  const practice = await session.practice();
  const chosen = session.install.config()?.profiles[profile];
  const keyId = Object.values(session.install.config()?.credentials ?? {})[0]?.keyId;
  if (!chosen || !keyId)
    throw new CastkeysError('failed', 'The demo lost its own profile; this is a bug.', 'castkeys demo');
  say('\nSomebody disables the key at the server:');
  await practice.setActive(keyId, false);
  say(await keysLiveWords(call, session));
  say('It is enabled again:');
  await practice.setActive(keyId, true);
  say(await keysLiveWords(call, session));
  say('That was all practice. The throw-away home is gone; castkeys setup does it for real.');
}

async function keysLiveWords(call: Call, session: Session): Promise<string> {
  const config = session.install.config();
  const registered = config?.profiles[profile];
  if (!config || !registered) return '';
  const report = await measureProfile(call, session, {
    chosen: { name: profile, profile: registered, chosenBy: 'active' },
    config,
    only: ['keys-live'],
  });
  return checklistWords(profile, report.checks.map(asLine), call.streams.stderr);
}
