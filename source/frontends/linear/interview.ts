import type { Badge, FlowEvent, OpenQuestion, Reply } from '../../flow/flow.ts';
import { askLine } from './ask-line.ts';
import { type Attempt, askPrompt, hasRoom } from './ask-prompt.ts';
import type { Keyboard } from './keyboard.ts';
import type { Asking } from './prompts.ts';
import { choiceLines, offeredFor, questionLines, stakesOf } from './question-words.ts';
import type { Transcript } from './transcript.ts';

export interface InterviewOptions {
  readonly keyboard: Keyboard;
  readonly transcript: Transcript;
  readonly output: NodeJS.WriteStream;
  /** Whether the terminal can, and nobody is confused by it. */
  readonly movesCursor: boolean;
}

/** Puts one question after the other, each until there is a reply to it. */
export class Interview {
  readonly #options: InterviewOptions;
  #open: AbortController | undefined;
  #reply: Promise<unknown> = Promise.resolve();
  /** The question was put just now, and the answer refused: no need to say it all again. */
  #isRepeated = false;
  /** The prompt itself has left the answer on the screen. */
  #isAnswerShown = false;

  constructor(options: InterviewOptions) {
    this.#options = options;
  }

  see(event: FlowEvent): void {
    if (event.type === 'refused') this.#isRepeated = true;
    else if (event.type !== 'asked' && event.type !== 'check') this.#isRepeated = false;
    if (event.type === 'answered' && !this.#isAnswerShown) {
      const { transcript } = this.#options;
      const { answered } = transcript.appearance.signs;
      transcript.say({ sign: answered, signLook: 'quiet', text: event.shown });
    }
  }

  /** Whether a question was open to be cancelled. */
  cancel(): boolean {
    this.#open?.abort();
    return this.#open !== undefined;
  }

  /** Resolves when no question is open any more. */
  get ended(): Promise<unknown> {
    return this.#reply;
  }

  /** The reply to a question; `cancel` once the signal aborts. */
  ask(open: OpenQuestion, badge: Badge, signal: AbortSignal): Promise<Reply> {
    const controller = new AbortController();
    this.#open = controller;
    const reply = this.#ask(open, badge, AbortSignal.any([signal, controller.signal])).finally(() => {
      this.#open = undefined;
      this.#options.transcript.release();
    });
    this.#reply = reply.catch(() => {});
    return reply;
  }

  async #ask(open: OpenQuestion, badge: Badge, signal: AbortSignal): Promise<Reply> {
    const { transcript } = this.#options;
    let isRepeated = this.#isRepeated;
    for (;;) {
      const attempt = await this.#put(open, badge, signal, isRepeated);
      if ('problem' in attempt) {
        const { tones } = transcript.appearance.signs;
        transcript.say({ sign: tones.danger, text: attempt.problem, look: 'danger' });
        isRepeated = true;
      } else if (attempt.type === 'again') {
        isRepeated = false;
      } else if (attempt.type === 'cancelled') {
        return { type: 'cancel' };
      } else if (attempt.type === 'back' && !open.canGoBack) {
        transcript.say({ text: 'There is no question to go back to.', look: 'quiet' });
        isRepeated = true;
      } else {
        return attempt;
      }
    }
  }

  /** Says the question, unless it was just said, and puts it once. */
  async #put(open: OpenQuestion, badge: Badge, signal: AbortSignal, isRepeated: boolean): Promise<Attempt> {
    const { keyboard, transcript, output, movesCursor } = this.#options;
    const { appearance } = transcript;
    const { question, canGoBack } = open;
    const asking: Asking = {
      question,
      offered: offeredFor(open),
      canGoBack,
      stakes: stakesOf(badge),
      appearance,
    };
    // A secret is read in silence, whatever the terminal can do.
    const byPrompt = movesCursor && question.kind !== 'secret' && hasRoom(asking, output);
    if (!isRepeated) transcript.say(...questionLines(open, appearance.signs));
    const listsChoices = byPrompt && question.kind === 'select';
    if (!isRepeated && !listsChoices) transcript.say(...choiceLines(question));
    this.#isAnswerShown = byPrompt;
    transcript.hold();
    const attempt = await (byPrompt ? askPrompt : askLine)(asking, { keyboard, signal, output });
    transcript.release();
    return attempt;
  }
}
