/** What a wizard can ask. The type of the answer follows from the question. */

interface Common {
  /** Stable; also the question's name in an answers file. */
  readonly id: string;
  /** Its name in an answers file where one answer is for all that the same is asked of: `key.reader` for `staging.key.reader`. */
  readonly sharedId?: string;
  readonly message: string;
  /** What stands for an answer where nobody is there to give one; absent: the fallback. */
  readonly unattended?: RawAnswer;
  /** A line or two under the question: why it is asked, what a good answer is. */
  readonly help?: string;
}

export interface TextQuestion extends Common {
  readonly kind: 'text';
  /** Stands for an empty answer. */
  readonly fallback?: string;
  readonly placeholder?: string;
  /** Why an answer won't do, in words; undefined when it will. */
  readonly problem?: (answer: string) => string | undefined;
}

/** Asks for a secret. `S` is whatever the asker wraps secrets in; the flow never looks inside. */
export interface SecretQuestion<S = unknown> extends Common {
  readonly kind: 'secret';
  /** Wraps what was typed or pasted, or says what is wrong with it without repeating it. */
  readonly read: (pasted: string) => { readonly secret: S } | { readonly problem: string };
  /** A secret that an empty answer stands for, and how to call it. */
  readonly fallback?: { readonly label: string; readonly secret: S };
}

export interface Choice<V extends string = string> {
  readonly value: V;
  readonly title: string;
  readonly hint?: string;
}

export interface SelectQuestion<V extends string = string> extends Common {
  readonly kind: 'select';
  readonly choices: readonly Choice<V>[];
  readonly fallback?: V;
}

/** Any number of the choices. */
export interface MultiselectQuestion<V extends string = string> extends Common {
  readonly kind: 'multiselect';
  readonly choices: readonly Choice<V>[];
  /** What is marked from the start. */
  readonly fallback: readonly V[];
  /** How many have to be marked; absent: none. */
  readonly atLeast?: number;
}

export interface ConfirmQuestion extends Common {
  readonly kind: 'confirm';
  /** What Enter, and an answers file that leaves the question out, stand for. */
  readonly fallback: boolean;
}

export type Question = TextQuestion | SecretQuestion | SelectQuestion | MultiselectQuestion | ConfirmQuestion;

/** The answer a question gets. */
export type AnswerTo<Q extends Question> =
  Q extends SecretQuestion<infer S>
    ? S
    : Q extends SelectQuestion<infer V>
      ? V
      : Q extends MultiselectQuestion<infer V>
        ? readonly V[]
        : Q extends TextQuestion
          ? string
          : boolean;

/** What a front end hands back before it is understood: what was typed, the value or values chosen, yes or no. */
export type RawAnswer = string | boolean | readonly string[];

export const text = (question: Omit<TextQuestion, 'kind'>): TextQuestion => ({ kind: 'text', ...question });

export const secret = <S>(question: Omit<SecretQuestion<S>, 'kind'>): SecretQuestion<S> => ({
  kind: 'secret',
  ...question,
});

export const select = <V extends string>(question: Omit<SelectQuestion<V>, 'kind'>): SelectQuestion<V> => ({
  kind: 'select',
  ...question,
});

export const multiselect = <V extends string>(
  question: Omit<MultiselectQuestion<V>, 'kind'>,
): MultiselectQuestion<V> => ({ kind: 'multiselect', ...question });

export const confirm = (question: Omit<ConfirmQuestion, 'kind'>): ConfirmQuestion => ({
  kind: 'confirm',
  ...question,
});

/** The same question, asked of one of several things: `key.reader` becomes `staging.key.reader`. */
export const askedOf = <const Q extends Question>(thing: string, question: Q): Q => ({
  ...question,
  id: `${thing}.${question.id}`,
  sharedId: question.id,
});
