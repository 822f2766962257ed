/** The linear front end: lines, one after the other, for `--plain`, simple terminals and those who listen. */
import {
  currentBadge,
  emptyView,
  type FlowEvent,
  type FrontEnd,
  type Reply,
  reduce,
} from '../../flow/flow.ts';
import { isOn } from '../choose.ts';
import { colourLevel } from '../colour.ts';
import { speaksUtf8 } from '../locale.ts';
import { markPastes } from './bracketed-paste.ts';
import { CheckNews } from './check-news.ts';
import { eventLines } from './event-lines.ts';
import { Interview } from './interview.ts';
import { Keyboard } from './keyboard.ts';
import { paintFor } from './paint.ts';
import { RunningStep } from './running-step.ts';
import { signsFor } from './signs.ts';
import { Transcript } from './transcript.ts';

export interface LinearOptions {
  readonly stdin: NodeJS.ReadStream;
  /** Where everything is shown: standard error, as standard output is for results. */
  readonly output: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Why the questions come this way, where nobody asked for it. */
  readonly why?: string;
  /** Ctrl+C, or the terminal is gone: cancel what is going on. Called each time. */
  readonly onCancel: () => void;
}

export interface LinearSession extends FrontEnd {
  /** Gives the terminal back as it was; resolves when everything is written. */
  readonly close: () => Promise<void>;
}

/** Takes the terminal for a wizard, until it is closed. */
export function openLinear({ stdin, output, env, why, onCancel }: LinearOptions): LinearSession {
  const voice = isOn(env['INK_SCREEN_READER']);
  const signs = signsFor({ utf8: speaksUtf8(env, process.platform), voice });
  const paint = paintFor(colourLevel({ env, stream: output }));
  const transcript = new Transcript(output, { signs, paint, voice });
  const interrupt = () => {
    if (!interview.cancel())
      transcript.say({ text: 'Cancelling. What was done is being taken back.', look: 'warning' });
    onCancel();
  };
  const keyboard = new Keyboard({ stdin, onInterrupt: interrupt });
  const movesCursor = env['TERM'] !== 'dumb' && !voice;
  const unmarkPastes = movesCursor ? markPastes(output) : () => {};
  const interview = new Interview({ keyboard, transcript, output, movesCursor });
  const news = new CheckNews();
  const running = new RunningStep(text => transcript.say({ sign: signs.running, text, look: 'quiet' }));
  let view = emptyView;

  const show = (event: FlowEvent) => {
    if (event.type === 'badge' && event.badge.profile !== currentBadge(view).profile) news.forget();
    view = reduce(view, event, performance.now());
    running.see(event);
    interview.see(event);
    if (event.type === 'check' && !news.isNews(event.check)) return;
    transcript.say(...eventLines(event, view, signs));
  };
  const answer = async (_question: unknown, signal: AbortSignal): Promise<Reply> =>
    view.question ? interview.ask(view.question, currentBadge(view), signal) : { type: 'cancel' };
  // Where the terminal is gone nobody reads, and what was begun is still taken back.
  const ignore = () => {};
  output.on('error', ignore);
  const close = async () => {
    running.end();
    await interview.ended;
    unmarkPastes();
    keyboard.close();
    output.off('error', ignore);
  };
  if (why !== undefined) transcript.say({ text: `Plain questions, because ${why}.`, look: 'quiet' });
  return { show, answer, close };
}
