import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CastkeysError, exitCode } from '../errors.ts';
import { verifyReport } from '../report/report.ts';
import type { Command } from './command.ts';
import { requiredName } from './positionals.ts';
import { withSession } from './session.ts';

const words = {
  'leads-on': 'The report is as castkeys made it here, and the audit log leads on from its head.',
  'not-told': 'The report is as castkeys made it here.',
  differs:
    'The report is as castkeys made it here, but the audit log no longer leads on from its head: see castkeys audit verify.',
} as const;

export const command: Command = {
  usage: ['audit verify-report FILE'],
  summary: 'Say whether a report is as castkeys made it',
  about:
    'A report of castkeys status --report has a MAC that only the install that made it can check. Exit 3 if it was changed.',
  takesWords: true,
  examples: ['castkeys status --all --report md > report.md', 'castkeys audit verify-report report.md'],
  run: call =>
    withSession(call, async ({ install }) => {
      const file = requiredName(call, 'castkeys audit verify-report FILE');
      const verdict = await verifyReport(install, read(resolve(call.cwd, file), file));
      if (verdict.state === 'no-report')
        throw new CastkeysError(
          'usage',
          `${JSON.stringify(file)} is no report of castkeys, or its end is missing. Nothing was checked.`,
          'castkeys status --report md > FILE makes one',
        );
      const holds = verdict.state === 'genuine' && verdict.log !== 'differs';
      const said =
        verdict.state === 'genuine'
          ? words[verdict.log]
          : 'The report was changed since it was made, or another install made it.';
      call.streams.stdout.write(
        call.flags.has('json') ? `${JSON.stringify({ holds, ...verdict })}\n` : `${said}\n`,
      );
      return holds ? exitCode.done : exitCode.badAnswer;
    }),
};

function read(path: string, name: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new CastkeysError(
      'usage',
      `${JSON.stringify(name)} can't be read: ${reason}.`,
      'name a file that is there',
    );
  }
}
