/** Wizards over a model of the world, for the promise that no way through one leaves the world half changed. */
import {
  ask,
  badge,
  confirm,
  type Flow,
  keep,
  multiselect,
  note,
  type Question,
  type RawAnswer,
  secret,
  select,
  step,
  text,
} from '../../../source/flow/flow.ts';
import { Secret } from '../../../source/keychain/secret.ts';
import type { Part } from './story-parts.ts';

/** What was done to the model world, in order. Undoing anything but the latest is refused. */
export class ModelWorld {
  readonly done: string[] = [];
  readonly undone: string[] = [];

  change(what: string): string {
    this.done.push(what);
    return what;
  }

  undo(what: string): void {
    if (this.done.pop() !== what) throw new Error(`${what} was not the latest change`);
    this.undone.push(what);
  }
}

/** Never to be seen in an event. */
export const canary = ['canary', 'of', 'a', 'secret'].join('-');

const wrong = 'That will not do.';
const asTyped = {
  text: ['left', 'right', '', 'bad'],
  secret: [`${canary}left`, `${canary}right`, '', 'bad'],
};

/** Four raw answers to a question: left, right, another way of left, and one that is refused. */
export function rawAnswers(question: Question): readonly RawAnswer[] {
  switch (question.kind) {
    case 'text':
      return asTyped.text;
    case 'secret':
      return asTyped.secret;
    case 'select':
      return ['left', 'right', 'left', 'middle'];
    case 'multiselect':
      return [['left'], ['right', 'left'], 'left', ['left', 'middle']];
    case 'confirm':
      return [false, true, false, 'perhaps'];
  }
}

/** The wizard that a story stands for. It comes to everything it was told and what its acts came to. */
export function* tell(story: readonly Part[], world: ModelWorld, abort: () => void): Flow<readonly string[]> {
  const heard: string[] = [];
  yield* tellParts(story, 's', { world, abort, heard });
  return heard;
}

interface Telling {
  readonly world: ModelWorld;
  readonly abort: () => void;
  readonly heard: string[];
}

function* tellParts(story: readonly Part[], path: string, telling: Telling): Flow<void> {
  for (const [index, part] of story.entries()) yield* tellPart(part, `${path}.${index}`, telling);
}

function* tellPart(part: Part, id: string, telling: Telling): Flow<void> {
  const { world, abort, heard } = telling;
  const change = {
    id,
    title: `Change ${id}`,
    run: () => world.change(`${id} after ${heard.join(' ')}`),
    undo: (what: string) => world.undo(what),
    summary: (what: string) => what,
  };
  switch (part.type) {
    case 'ask':
      if ((yield* askFor(part.kind, id, heard)) === 'right')
        yield* tellParts(part.right, `${id}.right`, telling);
      return;
    case 'insist':
      for (;;) {
        const answer = yield* askFor(part.kind, id, heard);
        try {
          yield* step({ ...looking(`${id}.look`, telling), run: () => refuseRight(answer) });
          return;
        } catch {
          yield* note(`${id} once more`, 'warning');
        }
      }
    case 'risk':
      try {
        const act = part.readOnly ? looking(id, telling) : change;
        heard.push(
          yield* step({
            ...act,
            run: context => {
              refuseRight(heard.at(-1));
              return act.run(context);
            },
          }),
        );
      } catch {
        yield* tellParts(part.instead, `${id}.instead`, telling);
      }
      return;
    case 'look':
      heard.push(yield* step(looking(id, telling)));
      return;
    case 'change':
      heard.push(yield* step(change));
      return;
    case 'interrupt':
      // Whoever presses Ctrl+C doesn't know that the act is about to end well.
      yield* step({
        ...change,
        run: () => {
          abort();
          return change.run();
        },
      });
      return;
    case 'fail':
      yield* step({ id, title: 'Fail', run: () => Promise.reject(new Error(`${id} failed`)) });
      return;
    case 'note':
      return yield* note(`${id} after ${heard.length}`);
    case 'badge':
      return yield* badge({ profile: heard.at(-1) ?? id });
    case 'keep':
      return yield* keep();
  }
}

function looking(id: string, { world }: Telling) {
  return {
    id,
    title: `Look ${id}`,
    readOnly: true,
    isQuiet: id.length % 2 === 0,
    run: ({ progress }: { readonly progress: (text: string) => void }) => {
      progress('half-way');
      return `${world.done.length} done`;
    },
  };
}

function refuseRight(answer: string | undefined): string {
  if (answer === 'right') throw new Error('not to the right');
  return 'well';
}

/** Asks, and remembers the answer as left or right, whatever the kind of question. */
function* askFor(kind: Question['kind'], id: string, heard: string[]): Flow<string> {
  const answer = yield* askOf(kind, id);
  heard.push(answer);
  return answer;
}

function* askOf(kind: Question['kind'], id: string): Flow<string> {
  const message = `Where to at ${id}?`;
  const problem = (answer: string) => (answer === 'bad' ? wrong : undefined);
  switch (kind) {
    case 'text':
      return yield* ask(text({ id, message, fallback: 'left', problem }));
    case 'select': {
      const choices = [
        { value: 'left', title: 'To the left' },
        { value: 'right', title: 'To the right' },
      ] as const;
      return yield* ask(select({ id, message, choices }));
    }
    case 'multiselect': {
      const choices = [
        { value: 'left', title: 'To the left' },
        { value: 'right', title: 'To the right' },
      ] as const;
      const marked = yield* ask(multiselect({ id, message, choices, fallback: ['left'], atLeast: 1 }));
      return marked.includes('right') ? 'right' : 'left';
    }
    case 'confirm':
      return (yield* ask(confirm({ id, message, fallback: false }))) ? 'right' : 'left';
    case 'secret': {
      const read = (pasted: string) =>
        pasted === 'bad' ? { problem: wrong } : { secret: new Secret(pasted) };
      const fallback = { label: 'the usual one', secret: new Secret(`${canary}left`) };
      return (yield* ask(secret({ id, message, read, fallback }))).reveal().replace(canary, '');
    }
  }
}
