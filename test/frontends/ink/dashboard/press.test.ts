import { describe, expect, it } from 'vitest';
import { press } from '../../../../source/frontends/ink/dashboard/press.ts';
import type { Pressed } from '../../../../source/frontends/ink/dashboard/pressed.ts';
import {
  type DashboardState,
  emptyState,
  offersOf,
  selectedCheck,
  selectedProfile,
} from '../../../../source/frontends/ink/dashboard/state.ts';
import type { Key, KeyName } from '../../../../source/frontends/ink/keys.ts';
import { aBoard, aProfile, someActs } from './support/boards.ts';

const board = aBoard(aProfile('development'), aProfile('staging'), aProfile('production'));
const start: DashboardState = { ...emptyState, board };

/** `<enter>` is a key, anything else the characters it is made of. */
function keysOf(typed: string): readonly Key[] {
  return [...typed.matchAll(/<([a-z-]+)>|([\s\S])/g)].map(([, name, text]) =>
    name === undefined ? { type: 'character', text: text ?? '' } : { type: 'key', name: name as KeyName },
  );
}

function pressing(typed: string, from = start): Pressed {
  return keysOf(typed).reduce<Pressed>((pressed, key) => press(pressed.state, key, someActs), {
    state: from,
  });
}

describe('among all profiles', () => {
  it('the pointer goes up and down, and stops at the ends', () => {
    expect(selectedProfile(pressing('j').state)?.name).toBe('staging');
    expect(selectedProfile(pressing('<down><down><down><down>').state)?.name).toBe('production');
    expect(selectedProfile(pressing('G<up>').state)?.name).toBe('staging');
    expect(selectedProfile(pressing('<end><home><up>').state)?.name).toBe('development');
  });

  it('starts at the one that commands use', () => {
    const used = { ...emptyState, board: aBoard(aProfile('a'), aProfile('b', { usedBecause: 'by a flag' })) };
    expect(selectedProfile(used)?.name).toBe('b');
    expect(selectedProfile(pressing('k', used).state)?.name).toBe('a');
  });

  it('another takes the place of one that is removed', () => {
    const { state } = pressing('j');
    expect(selectedProfile({ ...state, board: aBoard(aProfile('production')) })?.name).toBe('production');
    expect(selectedProfile({ ...state, board: aBoard() })).toBeUndefined();
  });

  it('Enter goes to the checks, at the one that presses most, and Esc comes back', () => {
    const { state } = pressing('j<enter>');
    expect(state.place).toBe('profile');
    expect(selectedCheck(state)?.id).toBe('keys-live');
    expect(selectedCheck(pressing('<up>', state).state)?.id).toBe('keychain');
    const { state: back } = pressing('<up><escape>', state);
    expect(back.place).toBe('board');
    expect(selectedProfile(back)?.name).toBe('staging');
  });

  it('Tab goes from profile to profile, with the checks in sight', () => {
    const { state } = pressing('<enter><tab>');
    expect([state.place, selectedProfile(state)?.name]).toEqual(['profile', 'staging']);
    expect(selectedProfile(pressing('<tab><tab>', state).state)?.name).toBe('development');
  });
});

describe('a check that fails', () => {
  const words = ['keys', 'add', '--role', 'reader', '--replace', '--profile', 'staging'];

  it('is mended with f from the board, and with Enter where it is looked at', () => {
    expect(pressing('jf').wish).toEqual({ type: 'start', words });
    expect(pressing('j<enter><enter>').wish).toEqual({ type: 'start', words });
  });

  it('that no command mends says what is to be done', () => {
    const checks = [
      { id: 'x', title: 'X', state: 'fail', evidence: '', fix: 'add .env to .gitignore' } as const,
    ];
    const { state, wish } = pressing('f', { ...emptyState, board: aBoard(aProfile('one', { checks })) });
    expect(wish).toBeUndefined();
    expect(state.notice?.text).toContain('add .env to .gitignore');
    expect(pressing('j', state).state.notice).toBeUndefined();
  });
});

describe('an act', () => {
  it('is started by its key, anywhere', () => {
    for (const way of ['s', '<enter>s'])
      expect(pressing(way).wish).toEqual({ type: 'start', words: ['setup'] });
  });

  it('that shares its key is chosen first, by arrow or by number', () => {
    const { state, wish } = pressing('a');
    expect(wish).toBeUndefined();
    expect(state.overlay).toMatchObject({ kind: 'palette', only: 'a' });
    expect(pressing('<down><enter>', state)).toMatchObject({
      wish: { words: ['keys', 'add', '--role', 'writer'] },
    });
    expect(pressing('2', state).wish).toMatchObject({ words: ['keys', 'add', '--role', 'writer'] });
    expect(pressing('<escape>', state).state.overlay).toBeUndefined();
  });

  it('is found in the palette by any words of its title or command', () => {
    for (const typed of ['writer', 'add writer', 'WRITER key', 'role writer'])
      expect(pressing(`:${typed}<enter>`).wish).toEqual({
        type: 'start',
        words: ['keys', 'add', '--role', 'writer'],
      });
    expect(pressing(':zzz<enter>').wish).toBeUndefined();
    expect(pressing(':zzz<ctrl-u>set up<enter>').wish).toMatchObject({ words: ['setup'] });
  });

  it('starts nothing while another is carried out', () => {
    const running = { ...start, running: 'doctor' };
    expect(pressing('sjq:?<enter>', running)).toEqual({ state: running });
  });
});

describe('the palette', () => {
  it('finds a profile to look at', () => {
    expect(selectedProfile(pressing(':look prod<enter>').state)?.name).toBe('production');
    expect(selectedProfile(pressing('/stag<enter>').state)?.name).toBe('staging');
  });

  it('offers everything, and goes round at its ends', () => {
    const { state } = pressing(':');
    if (state.overlay?.kind !== 'palette') throw new Error('no palette');
    expect(offersOf(state, someActs, state.overlay)).toHaveLength(someActs.length + 3);
    expect(selectedProfile(pressing('<up><enter>', state).state)?.name).toBe('production');
  });

  it('closes with Esc, or with Backspace where nothing is typed', () => {
    for (const typed of [':abc<escape>', ':<backspace>', ':a<backspace><backspace>', ' <escape>'])
      expect(pressing(typed).state).toEqual(start);
  });

  it('takes no more than a line', () => {
    const { overlay } = pressing(`:${'x'.repeat(500)}`).state;
    expect(overlay?.kind === 'palette' && overlay.typed.length).toBe(60);
  });
});

describe('the other keys', () => {
  it('measure, help and leave', () => {
    expect(pressing('m').wish).toEqual({ type: 'measure' });
    expect(pressing('q').wish).toEqual({ type: 'leave' });
    expect(pressing('?').state.overlay).toEqual({ kind: 'help' });
    expect(pressing('?s')).toEqual({ state: start });
  });

  it('of a page scroll it, and give the board back', () => {
    const page = { title: '', tone: 'plain', lines: ['1', '2', '3'], from: 0 } as const;
    const read = { ...start, page };
    expect(pressing('jj', read).state.page?.from).toBe(2);
    expect(pressing('Gjk', read).state.page?.from).toBe(1);
    expect(pressing('j<home>', read).state.page?.from).toBe(0);
    for (const way of ['<enter>', '<escape>', 'q']) expect(pressing(way, read)).toEqual({ state: start });
  });

  it('do nothing where there is nothing', () => {
    const { state, wish } = pressing('jk<enter>f<enter><tab>', emptyState);
    expect(wish).toBeUndefined();
    expect(selectedProfile(state)).toBeUndefined();
  });
});
