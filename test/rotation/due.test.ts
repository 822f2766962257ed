import { describe, expect, it } from 'vitest';
import type { Config, Credential } from '../../source/profiles/profiles.ts';
import { dueNow } from '../../source/rotation/due.ts';
import { aCredential } from '../checklist/support/subjects.ts';
import { aConfig, aProfile } from '../profiles/support/configs.ts';
import { today } from '../support/install.ts';
import { aJournal } from './support/castkeys-in-model.ts';

const daysAgo = (days: number) => new Date(today.getTime() - days * 86_400_000).toISOString();
const aged = (days: number, over: Partial<Credential> = {}) =>
  aCredential({ createdAt: daysAgo(days), ...over });
const organization = { id: 'o1' };

function config(credentials: Readonly<Record<string, Credential>>): Config {
  const slots = (reader: string) => aProfile({ organization, slots: { reader } });
  return aConfig(
    { dev: slots('dev'), staging: slots('staging'), prod: slots('prod') },
    { credentials, admins: { 'https://api.cast.ai o1': 'admin' } },
  );
}
const placesIn = (due: ReturnType<typeof dueNow>) =>
  due.map(({ place, why }) => `${place.kind === 'slot' ? place.profile : 'admin'} ${why}`);

describe('what is due', () => {
  it('is nothing while everything is young', () => {
    const all = { dev: aged(1), staging: aged(89), prod: aged(0), admin: aged(90) };
    expect(dueNow(config(all), [], today)).toEqual([]);
  });

  it('is what is past its age or about to expire, unfinished ones first, the admin credential last', () => {
    const all = {
      dev: aged(91),
      staging: aged(1, { expiresAt: daysAgo(-5) }),
      prod: aged(0),
      admin: aged(400),
    };
    const going = aJournal({ place: { kind: 'slot', profile: 'prod', role: 'reader' } });
    expect(placesIn(dueNow(config(all), [going], today))).toEqual([
      'prod unfinished',
      'dev age',
      'staging expiry',
      'admin age',
    ]);
  });

  it('puts an unfinished rotation of the admin credential last, too', () => {
    const all = { dev: aged(91), staging: aged(1), prod: aged(1), admin: aged(1) };
    const going = aJournal({ place: { kind: 'admin', origin: 'https://api.cast.ai', organizationId: 'o1' } });
    expect(placesIn(dueNow(config(all), [going], today))).toEqual(['dev age', 'admin unfinished']);
  });

  it('is nothing of a profile that was removed', () => {
    const going = aJournal({ place: { kind: 'slot', profile: 'gone', role: 'reader' } });
    const all = { dev: aged(1), staging: aged(1), prod: aged(1), admin: aged(1) };
    expect(dueNow(config(all), [going], today)).toEqual([]);
  });

  it('counts from when castkeys got a key whose age is not known', () => {
    const { createdAt: _, ...unknown } = aged(1, { addedAt: daysAgo(91) });
    expect(
      placesIn(dueNow(config({ dev: unknown, staging: aged(1), prod: aged(1), admin: aged(1) }), [], today)),
    ).toEqual(['dev age']);
  });
});
