/**
 * The little language of wizards. A flow is a synchronous generator that asks and orders and does
 * nothing itself, so that it can be replayed: `const name = yield* ask(text({ id: 'profile.name', … }))`.
 */
export type { CheckLine, FlowEvent, Told, Tone } from './event.ts';
export type { FrontEnd, Outcome, Reply } from './front-end.ts';
export * from './order.ts';
export { play } from './play.ts';
export * from './question.ts';
export type { Timeline, TimelineColumn, TimelinePhase } from './timeline.ts';
export { currentBadge, emptyView, type Line, type OpenQuestion, reduce, type View } from './view.ts';
