import { holding } from '../check-rows.ts';
import { stateLooks } from '../components/check-item.tsx';
import { cell, type Span } from '../components/spans.tsx';
import type { Symbols } from '../symbols.ts';
import type { Look } from '../theme.ts';
import { type BoardKey, type BoardProfile, mostPressing, standingOf, type Wait } from './board.ts';

/** How wide the parts of a profile's line are, the blank behind each included; 0 for one that has no room. */
export interface RowColumns {
  readonly name: number;
  readonly bar: number;
  readonly age: number;
  readonly due: number;
  readonly checks: number;
}

/** The parts in a list of that many columns; the name takes what the others leave. */
export function rowColumns(columns: number): RowColumns {
  const others =
    columns >= 90
      ? { bar: 25, age: 14, due: 12, checks: 13 }
      : columns >= 72
        ? { bar: 15, age: 12, due: 10, checks: 12 }
        : columns >= 66
          ? { bar: 11, age: 12, due: 10, checks: 12 }
          : columns >= 58
            ? { bar: 13, age: 0, due: 10, checks: 12 }
            : { bar: 9, age: 0, due: 9, checks: 12 };
  const { bar, age, due, checks } = others;
  return { ...others, name: columns - 2 - bar - age - due - checks };
}

export const standingLooks: Readonly<Record<ReturnType<typeof standingOf>, Look>> = {
  young: 'success',
  due: 'warning',
  over: 'danger',
};

const environmentLooks: Readonly<Record<string, Look>> = {
  development: 'success',
  staging: 'warning',
  production: 'danger',
};

/** The line of a profile. */
export function rowSpans(
  profile: BoardProfile,
  isChosen: boolean,
  columns: RowColumns,
  symbols: Symbols,
): readonly Span[] {
  const key = mostPressing(profile);
  const [wait] = profile.waits;
  const standing = key && standingOf(key);
  const due = standing === undefined || standing === 'young' ? 'plain' : standingLooks[standing];
  return [
    { as: 'chosen', text: `${isChosen ? symbols.pointer : ' '} ` },
    ...cell(columns.name, nameSpans(profile, isChosen, symbols)),
    ...cell(columns.bar, key ? barSpans(key, columns.bar - 1, symbols) : [{ as: 'quiet', text: 'no key' }]),
    ...cell(columns.age, key && columns.age > 0 ? [{ as: 'quiet', text: ageOf(key) }] : []),
    ...cell(
      columns.due,
      wait
        ? [{ as: 'accent', text: `${symbols.earlier} ${waitShort(wait)}` }]
        : key
          ? [{ as: due, text: dueShort(key.left) }]
          : [],
    ),
    ...countSpans(profile, symbols),
  ];
}

/** A profile in the colour of its environment. Production has the word itself behind it, and practice says so. */
export function nameSpans(profile: BoardProfile, isChosen: boolean, symbols: Symbols): readonly Span[] {
  const { name, environment, practice, usedBecause } = profile;
  const isProduction = environment === 'production';
  return [
    { as: environmentLooks[environment] ?? 'info', text: `${symbols.dot} ` },
    ...(isProduction && name === 'production'
      ? []
      : [
          { as: isChosen ? 'strong' : isProduction ? 'danger' : 'plain', text: name } as const,
          { text: ' ' },
        ]),
    ...(isProduction
      ? [
          { as: 'production', text: name === 'production' ? ' PRODUCTION ' : ' PROD ' } as const,
          { text: ' ' },
        ]
      : []),
    ...(usedBecause === undefined ? [] : [{ as: 'accent', text: `${symbols.active} ` } as const]),
    ...(practice ? [{ as: 'practice', text: 'practice ' } as const] : []),
  ];
}

/** A key's age against what its policy allows: full where the time is up. */
export function barSpans(key: BoardKey, columns: number, { rule }: Symbols): readonly Span[] {
  // What expires before the policy has it replaced is as old as its own time says.
  const share = key.left <= 0 ? 1 : key.age / (key.age + key.left);
  const filled = Math.min(columns, Math.max(key.age > 0 ? 1 : 0, Math.round(share * columns)));
  return [
    { as: standingLooks[standingOf(key)], text: rule.heavy.repeat(filled) },
    { as: 'quiet', text: rule.light.repeat(columns - filled) },
  ];
}

/** How many checks hold, and how many of the others fail and warn. */
function countSpans({ checks, measuredAt }: BoardProfile, symbols: Symbols): readonly Span[] {
  const counted = (['fail', 'warn'] as const).map(
    state => [state, checks.filter(check => check.state === state).length] as const,
  );
  if (measuredAt === undefined && counted.every(([, count]) => count === 0))
    return [{ as: 'quiet', text: 'measuring' }];
  if (holding(checks) === checks.length) return [{ as: 'success', text: `${symbols.checks.pass} ready` }];
  return [
    { as: 'quiet', text: `${holding(checks)}/${checks.length}` },
    ...counted.flatMap(([state, count]) =>
      count === 0 ? [] : [{ as: stateLooks[state], text: ` ${symbols.checks[state]}${count}` }],
    ),
  ];
}

const ageOf = ({ age, allowed, isAtLeast }: BoardKey): string =>
  `${isAtLeast ? '>' : ''}${age} of ${allowed} d`;

/** Its largest unit has room. */
const waitShort = ({ phase, left }: Wait): string => left?.split(' ').slice(0, 2).join(' ') ?? phase;

function dueShort(left: number): string {
  if (left < 0) return `${-left} d over`;
  return left === 0 ? 'today' : `in ${left} d`;
}
