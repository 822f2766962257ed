/**
 * `npm run crash [-- --kills 1000 --seed 1 --workers 3 --from 1 --pairs 50]`: the built program rotates a key of the practice server, with a
 * real keyring, and is killed at every point where it touches a file, the network or the keychain, and at random; then it
 * goes on. Prints what was lost and what was left behind; either is a failure.
 */
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { CrashSite } from './support/crash-site.ts';
import { startTwo } from './support/pair.ts';
import { Random } from './support/random.ts';
import { anyStory, type Story, type Told, tell } from './support/story.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: '3' },
    from: { type: 'string', default: '1' },
    pairs: { type: 'string', default: '50' },
  },
});
const wanted = Number(values.kills);
const seed = Number(values.seed);

execFileSync(process.execPath, ['build.ts'], { stdio: 'inherit' });
const words = ['rotate', '--yes', '--json', '--drain', '0s'];
const total = { kills: 0, resumes: 0, lost: 0, orphans: 0, unfinished: 0, bothWent: 0 };
const pointsSeen = new Set<string>();

/** Every point once, one after the other, and a second kill by chance on the way on; then whatever chance says. */
function* stories(points: readonly string[], random: Random): Generator<Story> {
  for (let at = Number(values.from); at <= points.length; at += 1) {
    yield { words, kills: [at, random.between(1, points.length)], behaviour: {}, ending: 'resume' };
  }
  for (;;) yield anyStory(random, points.length);
}

function count(told: Told, story: Story): void {
  total.kills += told.kills;
  total.resumes += told.resumes;
  total.lost += told.lost;
  total.orphans += told.orphans;
  if (told.exitCode !== 0) total.unfinished += 1;
  const isBad = told.lost + told.orphans > 0 || told.exitCode !== 0;
  if (isBad) console.log(`\nBAD (exit ${told.exitCode}) ${told.words}\n  ${JSON.stringify(story)}`);
  if (process.stdout.isTTY) process.stdout.write(`\r${inWords()}   `);
}

/** Two rotations at once, again and again: one goes, one is told. */
async function startPairs(all: readonly CrashSite[], pairs: number): Promise<void> {
  let left = pairs;
  await Promise.all(
    all.map(async site => {
      while (left > 0) {
        left -= 1;
        const { isRight, words: said } = await startTwo(site);
        if (isRight) continue;
        total.bothWent += 1;
        console.log(`\nBAD PAIR\n${said}`);
      }
    }),
  );
  console.log(
    `${pairs} times two rotations at once: ${pairs - total.bothWent} times one went and one was told`,
  );
}

const inWords = () =>
  `${total.kills} kills, ${total.resumes} resumes, ${total.lost} lost keys, ${total.orphans} orphans, ${total.unfinished} not finished`;

const sites = await Promise.all(Array.from({ length: Number(values.workers) }, () => CrashSite.open()));
try {
  const points = await (sites[0] ?? (await CrashSite.open())).pointsOf(words);
  for (const point of points) pointsSeen.add(point.replace(/^\d+ /, ''));
  console.log(
    `seed ${seed}: a whole run passes ${points.length} points, ${pointsSeen.size} of them different`,
  );
  await startPairs(sites, Number(values.pairs));
  const plot = stories(points, new Random(seed));
  await Promise.all(
    sites.map(async site => {
      while (total.kills < wanted) {
        const { value: story } = plot.next();
        if (story) count(await tell(site, story), story);
      }
    }),
  );
} finally {
  await Promise.all(sites.map(site => site[Symbol.asyncDispose]()));
}
console.log(`\n${inWords()}`);
process.exitCode = total.lost + total.orphans + total.unfinished + total.bothWent > 0 ? 1 : 0;
