import type { Machine } from '../test/support/castkeys.ts';
import type { OpenedTerminal } from '../test/support/terminal.ts';

/** A picture to draw: what is called, and what a person does until it is worth looking at. */
export interface Scene {
  /** The file's name in docs/pictures, before `-dark.svg` and `-light.svg`. */
  readonly name: string;
  /** What was called, behind `castkeys`. */
  readonly words: readonly string[];
  readonly columns: number;
  readonly rows: number;
  /** What has happened there before. */
  readonly before?: (machine: Machine) => void;
  readonly play: (terminal: OpenedTerminal, machine: Machine) => Promise<void>;
}
