import { CastkeysError } from '../errors.ts';
import { printable } from '../printable.ts';
import type { Call, Command } from './command.ts';
import { topicNames, topics } from './help/topics.ts';
import { commandHelp, generalHelp, verbLines } from './help.ts';

export const command: Command = {
  usage: ['help [COMMAND | TOPIC]'],
  summary: 'A command, or a topic, explained',
  takesWords: true,
  about: `Topics: ${topicNames.join(', ')}.`,
  examples: ['castkeys help keys add', 'castkeys help security'],
  async run(call) {
    call.streams.stdout.write(await helpOn(call));
    return undefined;
  },
};

async function helpOn({ positionals, home }: Call): Promise<string> {
  // Imported here: the table of verbs names this file.
  const { findVerb, verbs } = await import('./verbs.ts');
  if (positionals.length === 0) return generalHelp(verbs);
  const wanted = positionals.join(' ');
  const topic = topics.find(({ name }) => name === wanted);
  if (topic) return (await topic.load()).text(home);
  const ofNoun = verbs.filter(({ words: [noun, verb] }) => noun === wanted && verb !== undefined);
  if (ofNoun.length > 0) {
    return [...verbLines(ofNoun), '', `castkeys help ${wanted} COMMAND says more.`, ''].join('\n');
  }
  const found = findVerb(positionals);
  if (found && found.rest.length === 0) return commandHelp((await found.verb.load()).command);
  throw new CastkeysError(
    'usage',
    `There is no command and no topic ${JSON.stringify(printable(wanted, 40))}.`,
    `castkeys --help, or castkeys help with one of: ${topicNames.join(', ')}`,
  );
}
