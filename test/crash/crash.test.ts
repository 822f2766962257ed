import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithKeyring } from '../support/keyring.ts';
import { CrashSite } from './support/crash-site.ts';
import { Random } from './support/random.ts';
import { anyStory, tell } from './support/story.ts';

const seed = 20_260_601;
const wanted = 60;
/** Machines beside each other: a rotation mostly waits. */
const machines = 3;

describeWithKeyring('a rotation killed anywhere', () => {
  let sites: readonly CrashSite[];
  beforeAll(async () => {
    sites = await Promise.all(Array.from({ length: machines }, () => CrashSite.open()));
  });
  afterAll(() => Promise.all(sites.map(site => site[Symbol.asyncDispose]())));

  it(`loses no key and leaves no orphan in ${wanted} seeded kills`, { timeout: 900_000 }, async () => {
    const points = (await sites[0]?.pointsOf(['rotate', '--yes', '--json', '--drain', '0s'])) ?? [];
    expect(points.length).toBeGreaterThan(100);
    const random = new Random(seed);
    let kills = 0;
    await Promise.all(
      sites.map(async site => {
        while (kills < wanted) {
          const story = anyStory(random, points.length);
          const told = await tell(site, story);
          kills += told.kills;
          expect(told, `${told.words} ${JSON.stringify(story)}`).toMatchObject({
            lost: 0,
            orphans: 0,
            exitCode: 0,
          });
        }
      }),
    );
  });
});
