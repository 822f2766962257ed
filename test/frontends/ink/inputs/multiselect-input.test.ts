import { describe, expect, it } from 'vitest';
import { multiselect } from '../../../../source/flow/flow.ts';
import {
  openMultiselect,
  pressMultiselect,
} from '../../../../source/frontends/ink/inputs/multiselect-input.ts';
import type { Key, KeyName } from '../../../../source/frontends/ink/keys.ts';

const named = (name: KeyName): Key => ({ type: 'key', name });
const typed = (text: string): Key => ({ type: 'character', text });

const regions = multiselect({
  id: 'regions',
  message: 'Where?',
  choices: [
    { value: 'us', title: 'United States' },
    { value: 'eu', title: 'Europe' },
    { value: 'india', title: 'India' },
  ],
  fallback: ['eu'],
});

const pressed = (...keys: readonly Key[]) =>
  keys.reduce(pressMultiselect, openMultiselect(regions, undefined));

describe('marking several choices', () => {
  it('starts with what was marked before, else with the fallback, at the first of them', () => {
    expect(openMultiselect(regions, undefined)).toMatchObject({ at: 1, marked: ['eu'] });
    expect(openMultiselect(regions, ['india'])).toMatchObject({ at: 2, marked: ['india'] });
    expect(openMultiselect(regions, [])).toMatchObject({ at: 0, marked: [] });
  });

  it('turns over what the pointer is at', () => {
    expect(pressed(typed(' ')).marked).toEqual([]);
    expect(pressed(named('down'), typed(' ')).marked).toEqual(['eu', 'india']);
    expect(pressed(typed(' '), typed(' ')).marked).toEqual(['eu']);
  });

  it('turns over a choice by its number, if there is one of that number', () => {
    expect(pressed(typed('3'))).toMatchObject({ at: 2, marked: ['eu', 'india'] });
    expect(pressed(typed('4'))).toMatchObject({ at: 1, marked: ['eu'] });
  });

  it('marks all, and then none', () => {
    expect(pressed(typed('a')).marked).toEqual(['us', 'eu', 'india']);
    expect(pressed(typed('a'), typed('a')).marked).toEqual([]);
  });

  it('is moved by nothing that is pasted', () => {
    expect(pressed({ type: 'paste', text: '1' })).toEqual(pressed());
  });
});
