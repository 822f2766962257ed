/** How much somebody may do in one place, least first, each holding what is before it. Cast AI's roles are its names. */
export const levels = ['none', 'read', 'analyse', 'operate', 'own'] as const;
export type Level = (typeof levels)[number];

/** The built-in role of each level (section 4.2 of the API facts). */
export const roleNames: Readonly<Record<Level, string>> = {
  none: 'no role',
  read: 'Viewer',
  analyse: 'Analyst',
  operate: 'Member',
  own: 'Owner',
};

const rank = (level: Level): number => levels.indexOf(level);

export const isAbove = (level: Level, other: Level): boolean => rank(level) > rank(other);
export const higher = (one: Level, other: Level): Level => (isAbove(one, other) ? one : other);
export const lower = (one: Level, other: Level): Level => (isAbove(one, other) ? other : one);

/** What is known of a level: never a guess, but what is proven and what is not ruled out. */
export interface Span {
  readonly atLeast: Level;
  readonly atMost: Level;
}

export const exactly = (level: Level): Span => ({ atLeast: level, atMost: level });
export const nothing: Span = exactly('none');
export const anything: Span = { atLeast: 'none', atMost: 'own' };

/** Of somebody who has both. */
export const both = (one: Span, other: Span): Span => ({
  atLeast: higher(one.atLeast, other.atLeast),
  atMost: higher(one.atMost, other.atMost),
});

/** Of somebody who has it or hasn't. */
export const perhaps = ({ atMost }: Span): Span => ({ atLeast: 'none', atMost });

/** Of somebody held down to a level. */
export const cappedAt = (cap: Span, { atLeast, atMost }: Span): Span => ({
  atLeast: lower(atLeast, cap.atLeast),
  atMost: lower(atMost, cap.atMost),
});
