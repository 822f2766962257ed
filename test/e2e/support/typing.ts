/** What a person types in the onboarding wizard. */
import { key, type OpenedTerminal } from '../../support/terminal.ts';

/** From the first question to the one for the key: the environment that is offered, an API at `url`, a reader to paste. */
export async function typeTheAddress(terminal: OpenedTerminal, url: string): Promise<void> {
  await takeTheEnvironment(terminal);
  await pick(terminal, 'In which region', 4, 'Another address');
  await terminal.waitFor('Address of the API');
  terminal.type(`${url}${key.enter}`);
  await takeTheRoles(terminal);
}

/** Takes the keys that are offered, and pastes the first of them. */
export async function takeTheRoles(terminal: OpenedTerminal): Promise<void> {
  await terminal.waitFor(/Which keys does \S+ need/);
  terminal.type(key.enter);
  await terminal.waitFor('❯ Paste one');
  terminal.type(key.enter);
  await terminal.waitFor('Paste the reader key');
}

/** Marks no environment but another one. */
export async function nameAnother(terminal: OpenedTerminal, name: string): Promise<void> {
  await terminal.waitFor('Which environments');
  terminal.type('14');
  await terminal.waitFor('[✓] another');
  terminal.type(key.enter);
  await terminal.waitFor('What should the other profile be called?');
  terminal.type(`${name}${key.enter}`);
}

/** Takes the environment that is offered first. */
export async function takeTheEnvironment(terminal: OpenedTerminal): Promise<void> {
  await terminal.waitFor('Which environments');
  terminal.type(key.enter);
}

/** Picks the choice with this number, once `question` is open. */
export async function pick(
  terminal: OpenedTerminal,
  question: string,
  number: number,
  title: string,
): Promise<void> {
  await terminal.waitFor(question);
  terminal.type(String(number));
  await terminal.waitFor(`❯ ${title}`);
  terminal.type(key.enter);
}

/** Pastes a secret, and confirms it once the wizard says that it has it. */
export async function pasteSecret(terminal: OpenedTerminal, secret: string): Promise<void> {
  terminal.paste(secret);
  await terminal.waitFor('received');
  terminal.type(key.enter);
}

/** How a terminal is to be left. */
export const restored = { alternateScreen: false, bracketedPaste: false, cursorShown: true };
