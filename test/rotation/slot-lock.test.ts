import { expect, it } from 'vitest';
import { holdPlace } from '../../source/rotation/slot-lock.ts';
import { today } from '../support/install.ts';
import { homeIn, temporaryDirectory } from '../support/temporary.ts';

const place = { kind: 'slot', profile: 'production', role: 'reader' } as const;

it('one goes and one is told who rotates since when; another role is another place', async () => {
  using directory = temporaryDirectory();
  const home = homeIn(directory.path);
  const held = await holdPlace(home, place, today);
  await expect(holdPlace(home, place, today)).rejects.toMatchObject({
    code: 'rotation-busy',
    exitCode: 1,
    message: expect.stringMatching(new RegExp(`process ${process.pid} on .*, since 2026-06-01T12:00:00`)),
  });
  const other = await holdPlace(home, { ...place, role: 'writer' }, today);
  await Promise.all([held.release(), other.release()]);
  await (await holdPlace(home, place, today)).release();
});
