import { type Diagnosed, examine, openMachine } from '../doctor/doctor.ts';
import { exitCode } from '../errors.ts';
import type { Call, Command } from './command.ts';
import { machineOf } from './doctor/machine-of.ts';
import { doctorWords } from './doctor/words.ts';

export const command: Command = {
  usage: ['doctor'],
  summary: 'What works on this machine and what does not, each with its fix',
  about: [
    'Writes nothing but a throw-away entry, which it removes again; sends no key anywhere.',
    'Exit 3 if something fails.',
  ].join('\n'),
  examples: ['castkeys doctor', 'castkeys doctor --json'],
  run: call => diagnose(call),
};

/** Measures the machine and prints the list; `fetch` takes the place of the real one. */
export async function diagnose(call: Call, fetch?: typeof globalThis.fetch): Promise<number> {
  const machine = openMachine({ ...machineOf(call), ...(fetch ? { fetch } : {}) });
  try {
    const checks = await examine(machine, { clock: call.clock });
    const { stdout } = call.streams;
    stdout.write(
      call.flags.has('json') ? `${JSON.stringify({ checks }, null, 2)}\n` : doctorWords(checks, stdout),
    );
    return exitCodeOf(checks);
  } finally {
    await machine.close();
  }
}

function exitCodeOf(checks: readonly Diagnosed[]): number {
  return checks.some(({ state }) => state === 'fail') ? exitCode.badAnswer : exitCode.done;
}
