import { type FlowEvent, play } from '../../../source/flow/flow.ts';
import { onboard, type World } from '../../../source/flows/onboard/onboard.ts';
import type { Install } from '../../../source/install/install.ts';
import type { Trouble } from '../../../source/keychain/keychain.ts';
import { memoryKeychain } from '../../../source/keychain/memory-keychain.ts';
import type { Secret } from '../../../source/keychain/secret.ts';
import type { PracticeServer } from '../../../source/practice/practice.ts';
import { type Line, saying } from '../../flow/support/front-end.ts';
import { installIn } from '../../support/install.ts';
import { temporaryDirectory } from '../../support/temporary.ts';
import { standingOf } from './standing.ts';

export interface Setting {
  /** `--profile`. */
  readonly profile?: string;
  /** Where castkeys is called; absent: the machine's directory. */
  readonly cwd?: string;
  /** Told of each event; may interrupt. */
  readonly watch?: (event: FlowEvent, interrupt: () => void) => void;
}

/** What an install without any profile comes to. */
export const nothing = { activeProfile: undefined, profiles: {}, admins: {}, registered: 0, values: 0 };

/** What is replied to set up an environment at the address of a server. */
export const atUrl = (environment: string, server: PracticeServer, key: Secret): Line[] => [
  environment,
  'url',
  server.url,
  'reader',
  'paste',
  key.reveal(),
];

/** A new machine, on which castkeys is set up against a practice server. */
export class NewMachine implements Disposable {
  readonly install: Install;
  /** What the keychain is in, while it is. */
  trouble: Trouble | undefined;
  readonly #server: PracticeServer;
  readonly directory = temporaryDirectory();
  readonly #entries = new Map<string, Secret>();

  constructor(server: PracticeServer) {
    this.#server = server;
    const trouble = () => (this.trouble ? { state: this.trouble, reason: 'it is so' } : undefined);
    this.install = installIn(this.directory.path, memoryKeychain({ entries: this.#entries, trouble }));
  }

  /** How it stands, comparable with another machine. */
  get standing() {
    return standingOf(this.install, this.#entries);
  }

  /** Plays the onboarding with these replies. */
  async setUp(lines: readonly Line[], { profile, watch, cwd = this.directory.path }: Setting = {}) {
    const controller = new AbortController();
    const frontEnd = saying(...lines);
    const world: World = {
      install: this.install,
      surroundings: { cwd, userHome: this.directory.at('home'), env: { PATH: process.env['PATH'] } },
      ...(profile === undefined ? {} : { profile }),
      startPractice: async () => ({
        origin: this.#server.url,
        organization: { id: this.#server.organizationId, name: 'Practice' },
        key: this.#server.keys.viewer,
        adminKey: this.#server.keys.admin,
      }),
      measure: async () => [],
    };
    const outcome = await play(() => onboard(world), {
      name: 'onboard',
      title: 'Set up',
      frontEnd: {
        answer: frontEnd.answer,
        show: event => {
          frontEnd.show(event);
          watch?.(event, () => controller.abort());
        },
      },
      signal: controller.signal,
    });
    return { outcome, events: frontEnd.events, asked: frontEnd.asked.map(({ id }) => id) };
  }

  [Symbol.dispose](): void {
    this.directory[Symbol.dispose]();
  }
}
