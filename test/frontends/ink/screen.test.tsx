import { stripVTControlCharacters } from 'node:util';
import { renderToString } from 'ink';
import { describe, expect, it } from 'vitest';
import { confirm, type FlowEvent, secret, select, text } from '../../../source/flow/flow.ts';
import { App } from '../../../source/frontends/ink/app.tsx';
import { AppearanceContext } from '../../../source/frontends/ink/appearance.ts';
import { Store } from '../../../source/frontends/ink/store.ts';
import { symbolsFor } from '../../../source/frontends/ink/symbols.ts';
import { themeFor } from '../../../source/frontends/ink/theme.ts';
import { type Size, WindowSizeContext } from '../../../source/frontends/ink/window-size.ts';
import { checksAfter } from './fixtures/sample-checks.ts';

const appearance = { theme: themeFor(0), symbols: symbolsFor({ LANG: 'C.UTF-8' }, 'linux') };

/** What the screen shows after these events. */
function screenAfter(events: readonly FlowEvent[], window: Size = { columns: 80, rows: 24 }): string {
  let now = 0;
  const store = new Store(() => (now += 500));
  for (const event of events) store.show(event);
  const frame = renderToString(
    <AppearanceContext value={appearance}>
      <WindowSizeContext value={window}>
        <App store={store} />
      </WindowSizeContext>
    </AppearanceContext>,
    { columns: window.columns },
  );
  return stripVTControlCharacters(frame).replaceAll('\u00a0', ' ');
}

const asked = (question: Extract<FlowEvent, { type: 'asked' }>['question'], canGoBack = false) =>
  ({ type: 'asked', question, canGoBack }) as const;

describe('the header', () => {
  it('says production in a word and with a heavy line', () => {
    const shown = screenAfter([
      { type: 'badge', badge: { profile: 'acme-live', environment: 'production', region: 'eu' } },
    ]);
    expect(shown).toMatch(/eu {2}acme-live {2}PRODUCTION/);
    expect(shown).toContain('━━━━');
  });

  it('says practice instead of a region', () => {
    const shown = screenAfter([
      {
        type: 'badge',
        badge: { profile: 'dev', environment: 'development', region: 'practice', practice: true },
      },
    ]);
    expect(shown).toMatch(/PRACTICE {2}● dev/);
    expect(shown).not.toContain('practice');
  });

  it('never gives up the word production, however narrow the window', () => {
    const badge = {
      profile: 'a-very-long-profile-name',
      environment: 'production',
      region: 'eu',
      store: 'keychain',
    };
    expect(screenAfter([{ type: 'badge', badge }], { columns: 40, rows: 12 })).toContain('PRODUCTION');
  });
});

describe('the conversation', () => {
  it('shows what was asked, said and done, each on a line with its sign', () => {
    const shown = screenAfter([
      { type: 'answered', id: 'region', message: 'Which region?', shown: 'Europe' },
      { type: 'noted', tone: 'warning', text: 'The key is old.' },
      { type: 'step-started', id: 'a', title: 'Verify' },
      { type: 'step-done', id: 'a', summary: 'alive' },
      { type: 'step-started', id: 'b', title: 'Store' },
      { type: 'step-failed', id: 'b', error: new Error('The keychain is locked. Nothing was stored.') },
      { type: 'step-undone', id: 'a' },
    ]);
    expect(shown).toContain('› Which region?  Europe');
    expect(shown).toContain('▲ The key is old.');
    expect(shown).toContain('↩ Verify  taken back');
    expect(shown).toMatch(/✗ Store\n +The keychain is locked\. Nothing was stored\./);
  });

  it('says how long a step took', () => {
    const shown = screenAfter([
      { type: 'step-started', id: 'a', title: 'Verify' },
      { type: 'step-done', id: 'a', summary: 'alive' },
    ]);
    expect(shown).toContain('✓ Verify  alive · 0.5 s');
  });

  it('starts no wrapped line with a blank', () => {
    const words =
      'every word of this note is to be read, however often it has to be wrapped on its way '.repeat(3);
    const shown = screenAfter([{ type: 'noted', tone: 'info', text: words }], { columns: 50, rows: 24 });
    expect(shown.split('\n').filter(line => /^ {4}\S/.test(line))).toEqual([]);
  });

  it('lets nothing through that a terminal would act on', () => {
    const hostile = 'Acme\x1b]52;c;c2VjcmV0\x07 \x1b[2J\x1b[31m\u202eevil\x9b5mCorp';
    const shown = renderToString(
      <AppearanceContext value={appearance}>
        <App store={storeWith({ type: 'noted', tone: 'info', text: hostile })} />
      </AppearanceContext>,
    );
    expect(shown).toContain('Acme evilCorp');
    expect(shown).not.toMatch(/\x1b\]|\x1b\[2J|\x07|\u202e|\x9b/);
  });
});

function storeWith(event: FlowEvent): Store {
  const store = new Store(() => 0);
  store.show(event);
  return store;
}

describe('the open question', () => {
  it('shows what Enter takes', () => {
    const name = text({ id: 'name', message: 'Name?', fallback: 'staging' });
    expect(screenAfter([asked(name)])).toContain('staging   ⏎ takes it');
    const sure = confirm({ id: 'sure', message: 'Sure?', fallback: false });
    expect(screenAfter([asked(sure)])).toContain('❯ No (default)');
    const key = secret({
      id: 'key',
      message: 'Key?',
      read: () => ({ problem: '' }),
      fallback: { label: 'the practice key', secret: 'nobody-sees-this' },
    });
    expect(screenAfter([asked(key)])).toContain('⏎ takes the practice key');
    expect(screenAfter([asked(key)])).not.toContain('nobody-sees-this');
  });

  it('tells an example from an answer', () => {
    const name = text({ id: 'name', message: 'Name?', placeholder: 'sandbox' });
    expect(screenAfter([asked(name)])).toContain('e.g. sandbox');
  });

  it('shows a part of a long list, and how much there is besides', () => {
    const choices = Array.from({ length: 50 }, (_, at) => ({ value: `p${at}`, title: `profile-${at}` }));
    const shown = screenAfter([
      asked(select({ id: 'profile', message: 'Which?', choices, fallback: 'p25' })),
    ]);
    expect(shown).toContain('❯ profile-25');
    expect(shown).toMatch(/⋮ \d+ above, \d+ below/);
    expect(shown).toContain('^C cancel');
  });

  it('keeps the input in sight when everything else is too long', () => {
    const help = 'A help that goes on and on, for whoever has the time to read it all. '.repeat(12);
    const notes = Array.from({ length: 30 }, () => ({ type: 'noted', tone: 'info', text: help }) as const);
    const window = { columns: 50, rows: 20 };
    const shown = screenAfter([...notes, asked(text({ id: 'name', message: 'Name?', help }), true)], window);
    expect(shown).toMatch(/Name\?/);
    expect(shown).toMatch(/❯ +/);
    expect(shown).toContain('esc back');
    expect(shown.split('\n').length).toBeLessThan(window.rows - 1);
  });
});

describe('the checklist', () => {
  const checks = checksAfter.map(check => ({ type: 'check', check }) as const);

  it('stands beside the conversation with its evidence in a wide window', () => {
    const shown = screenAfter(checks, { columns: 120, rows: 40 });
    expect(shown).toMatch(/Checklist +6 of 12 hold/);
    expect(shown).toContain('→ castkeys keys add --from-dotenv .env');
  });

  it('is one line in a low one: a sign for each check, the count, and what does not hold', () => {
    const shown = screenAfter(checks, { columns: 50, rows: 20 });
    expect(shown).toMatch(/✓✗▲✓✓✓✓✓○○○○ {2}6 of 12 hold {2}✗ plaintext/);
  });
});
