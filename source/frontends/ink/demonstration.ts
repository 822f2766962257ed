import { setTimeout as pause } from 'node:timers/promises';
import type { RawAnswer } from '../../flow/flow.ts';
import type { Input } from './inputs/input.ts';
import type { Key } from './keys.ts';
import type { Store } from './store.ts';

/** The pace of the hand that types a demonstrated answer, in ms. */
export interface Hand {
  /** Between two keys. */
  readonly betweenKeys: number;
  /** Before Enter, so that a reader sees what is about to be sent. */
  readonly beforeEnter: number;
}

const steadyHand: Hand = { betweenKeys: 45, beforeEnter: 500 };

/**
 * Types an answer into the open question, through the keys a person has. What can't be answered that way (a choice that
 * isn't offered, an empty text) leaves the input as it is and takes what Enter takes. Stops if the question goes away.
 */
export async function typeAnswer(store: Store, raw: RawAnswer, hand = steadyHand): Promise<void> {
  const { input, view } = store.screen();
  const isOpen = () => store.screen().view.question === view.question;
  if (!input) return;
  for (const key of keysFor(input, raw)) {
    await pause(hand.betweenKeys);
    if (!isOpen()) return;
    store.press([key]);
  }
  await pause(hand.beforeEnter);
  if (isOpen()) store.press([{ type: 'key', name: 'enter' }]);
}

function keysFor(input: Input, raw: RawAnswer): readonly Key[] {
  switch (input.kind) {
    case 'text':
      return Array.from(String(raw), text => ({ type: 'character', text }));
    case 'secret':
      return raw === '' ? [] : [{ type: 'paste', text: String(raw) }];
    case 'select': {
      const wanted = typeof raw === 'string' ? input.values.indexOf(raw) : -1;
      const distance = wanted === -1 ? 0 : wanted - input.at;
      const name = distance < 0 ? 'up' : 'down';
      return Array.from({ length: Math.abs(distance) }, () => ({ type: 'key', name }));
    }
    case 'multiselect': {
      const wanted = typeof raw === 'object' ? raw : input.marked;
      return input.values.flatMap((value, index) =>
        wanted.includes(value) === input.marked.includes(value)
          ? []
          : [{ type: 'character', text: String(index + 1) }],
      );
    }
    case 'confirm':
      return typeof raw !== 'boolean' || input.yes === raw ? [] : [{ type: 'key', name: 'left' }];
  }
}
