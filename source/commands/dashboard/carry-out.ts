import { asCastkeysError, CastkeysError } from '../../errors.ts';
import type { DashboardSession } from '../../frontends/ink/ink.tsx';
import type { Call } from '../command.ts';
import { parseCall } from '../parse-call.ts';
import type { Session } from '../session.ts';
import { findVerb } from '../verbs.ts';
import { collected } from './collected.ts';

type Left = Parameters<DashboardSession['end']>[0];

/**
 * Carries out a command line on the dashboard's own screen: its wizard is played there, and what it prints becomes a
 * notice, or a page where it is longer. `signal` cancels it. Never throws: what failed is said on a page.
 */
export async function carryOut(
  words: readonly string[],
  dashboard: { readonly call: Call; readonly session: Session; readonly screen: DashboardSession },
  signal: AbortSignal,
): Promise<Left> {
  const { call, session, screen } = dashboard;
  const columns = Math.min((call.streams.stderr.columns || 80) - 2, 118);
  const [stdout, stderr] = [collected(columns), collected(columns)];
  const title = `castkeys ${words.join(' ')}`;
  try {
    const found = findVerb(words);
    if (!found)
      throw new CastkeysError('usage', `There is no command ${words.join(' ')}.`, 'castkeys --help');
    const { command } = await found.verb.load();
    const code = await command.run({
      ...call,
      ...parseCall(command, found.rest),
      streams: { stdin: call.streams.stdin, stdout: stdout.stream, stderr: stderr.stream },
      signal,
      interrupt: () => {},
      host: { session, open: screen.openFlow, terminal: call.streams },
    });
    const [line, ...more] = stdout.lines();
    if (more.length > 0) return { page: { title, tone: 'plain', lines: stdout.lines() } };
    return { notice: { tone: code ? 'warning' : 'success', text: line ?? 'Done.' } };
  } catch (thrown) {
    const { code, message, next } = asCastkeysError(signal.aborted ? (signal.reason ?? thrown) : thrown);
    if (code === 'cancelled') return { notice: { tone: 'warning', text: message } };
    return { page: { title, tone: 'danger', lines: [...stdout.lines(), message, '', `→ ${next}`] } };
  }
}
