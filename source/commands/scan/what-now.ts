import { type AfterScan, afterScan, afterScanQuestions } from '../../flows/after-scan.ts';
import { chooseFrontEnd } from '../../frontends/choose.ts';
import type { Finding } from '../../leaks/leaks.ts';
import type { Call } from '../command.ts';
import { circumstancesOf, playFlow } from '../play-flow.ts';
import { keyWords, placeInWords } from './words.ts';

/** Keys and places that are shown once more beside the question. */
const most = { keys: 4, places: 3 } as const;

/**
 * Asks a person at a terminal which of the next commands to start; elsewhere, and where there is none, nobody is asked.
 * @returns the words of a command line.
 */
export async function whatNow(
  call: Call,
  findings: readonly Finding[],
): Promise<readonly string[] | undefined> {
  const steps = stepsFor(findings);
  const isReport = ['json', 'sarif', 'staged', 'yes'].some(name => call.flags.has(name));
  if (steps.length === 0 || isReport || call.flags.text('pushing') !== undefined) return undefined;
  // On the dashboard's own screen there is always somebody to ask.
  if (!call.host && chooseFrontEnd(circumstancesOf(call)).kind === 'none') return undefined;
  const chosen = await playFlow(call, {
    name: 'after-scan',
    title: 'Keys were found',
    questions: afterScanQuestions,
    story: () => afterScan({ keys: keysIn(findings), steps }),
  });
  return chosen?.split(' ');
}

/** Emergency rotations first: whoever has the key has it until then. */
function stepsFor(findings: readonly Finding[]): AfterScan['steps'] {
  const commands = new Map(findings.map(finding => [finding.next, finding]));
  return [...commands]
    .flatMap(([next, { profile, role }]) => {
      const command = next.replace(/^castkeys /, '');
      const key = `the ${[profile, role].filter(Boolean).join(' ')} key`;
      if (command.startsWith('rotate --emergency'))
        return [
          {
            command,
            title: `Replace ${key} in emergency`,
            hint: 'the old one off first, everything else after',
          },
        ];
      if (command.startsWith('rotate --resume'))
        return [
          { command, title: `Finish the rotation of ${key}`, hint: 'until the old one is seen refused' },
        ];
      if (command === 'clean-up')
        return [
          { command, title: 'Take keys out of files', hint: 'what the keychain has; every other byte stays' },
        ];
      return [];
    })
    .toSorted(
      (one, other) => Number(other.command.includes('emergency')) - Number(one.command.includes('emergency')),
    );
}

/** Those that something can be started for; all others are in the list on the terminal. */
function keysIn(findings: readonly Finding[]): AfterScan['keys'] {
  const own = findings.filter(({ kind, gone }) => kind === 'own-key' && !gone);
  const keys = [...Map.groupBy(own, ({ content }) => content).values()];
  return keys.slice(0, most.keys).flatMap(places => {
    const [first] = places;
    if (!first) return [];
    const shown = places.slice(0, most.places).map(placeInWords);
    const more = places.length - shown.length;
    return [
      {
        words: `${first.preview}  ${keyWords(first)}`,
        tone: 'danger' as const,
        places: [...shown, ...(more > 0 ? [`and ${more} more`] : [])],
      },
    ];
  });
}
