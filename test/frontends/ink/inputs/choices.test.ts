import { describe, expect, it } from 'vitest';
import { confirm, select } from '../../../../source/flow/flow.ts';
import { openConfirm, pressConfirm } from '../../../../source/frontends/ink/inputs/confirm-input.ts';
import {
  choicesShown,
  openSelect,
  pressSelect,
} from '../../../../source/frontends/ink/inputs/select-input.ts';
import type { Key, KeyName } from '../../../../source/frontends/ink/keys.ts';

const named = (name: KeyName): Key => ({ type: 'key', name });
const typed = (text: string): Key => ({ type: 'character', text });

const region = select({
  id: 'region',
  message: 'Where?',
  choices: [
    { value: 'us', title: 'United States' },
    { value: 'eu', title: 'Europe' },
    { value: 'india', title: 'India' },
  ],
  fallback: 'eu',
});

const pointerAfter = (...keys: readonly Key[]) => keys.reduce(pressSelect, openSelect(region, undefined)).at;

describe('choosing', () => {
  it('starts at what was chosen before, else at the fallback, else at the first', () => {
    const { fallback: _, ...withoutFallback } = region;
    expect(openSelect(region, 'india').at).toBe(2);
    expect(openSelect(region, undefined).at).toBe(1);
    expect(openSelect(region, 'gone').at).toBe(1);
    expect(openSelect(withoutFallback, undefined).at).toBe(0);
  });

  it('goes round at both ends', () => {
    expect(pointerAfter(named('down'), named('down'))).toBe(0);
    expect(pointerAfter(typed('k'), typed('k'))).toBe(2);
  });

  it('jumps to a number, if there is a choice of that number', () => {
    expect(pointerAfter(typed('3'))).toBe(2);
    expect(pointerAfter(typed('4'))).toBe(1);
    expect(pointerAfter(typed('0'))).toBe(1);
  });

  it('is not moved by a paste', () => {
    expect(pointerAfter({ type: 'paste', text: '3' })).toBe(1);
  });

  it.each([
    [0, 50, 5, { from: 0, to: 5 }],
    [25, 50, 5, { from: 23, to: 28 }],
    [49, 50, 5, { from: 45, to: 50 }],
    [1, 3, 10, { from: 0, to: 3 }],
    [2, 3, 0, { from: 2, to: 3 }],
  ])('at %i of %i, %i rows show the part around the pointer', (at, count, rows, part) => {
    expect(choicesShown(at, count, rows)).toEqual(part);
  });
});

const sure = confirm({ id: 'sure', message: 'Sure?', fallback: false });

describe('confirming', () => {
  it('is answered at once by y and n', () => {
    const open = openConfirm(sure, undefined);
    expect(pressConfirm(open, typed('y'))).toEqual({ answer: true });
    expect(pressConfirm(open, typed('N'))).toEqual({ answer: false });
  });

  it('starts at what was answered before, else at the fallback', () => {
    expect(openConfirm(sure, true)).toMatchObject({ yes: true });
    expect(openConfirm(sure, undefined)).toMatchObject({ yes: false });
  });

  it('moves with the arrows, and is not answered by a paste', () => {
    const open = openConfirm(sure, undefined);
    expect(pressConfirm(open, named('left'))).toMatchObject({ yes: true });
    expect(pressConfirm(open, { type: 'paste', text: 'y' })).toBe(open);
  });
});
