import type { FlowEvent } from '../../flow/flow.ts';
import { noticeable } from './elapsed.ts';

/** Says that a step is at work, once it takes long enough for somebody to wait: a line for each would be noise. */
export class RunningStep {
  readonly #say: (text: string) => void;
  #title: string | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(say: (text: string) => void) {
    this.#say = say;
  }

  /** Follows the events; every one that says something itself ends the silence about the step before it. */
  see(event: FlowEvent): void {
    if (event.type === 'step-started') this.#begin(event.title);
    else if (event.type === 'step-progress') this.#progress(event.text);
    else if (event.type !== 'check') this.end();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#title = undefined;
  }

  #begin(title: string): void {
    this.end();
    this.#title = title;
    this.#timer = setTimeout(() => this.#announce(), noticeable);
  }

  #progress(text: string): void {
    this.#announce();
    this.#say(text);
  }

  #announce(): void {
    clearTimeout(this.#timer);
    if (this.#title !== undefined) this.#say(this.#title);
    this.#title = undefined;
  }
}
