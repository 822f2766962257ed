/** How far a rotation is; each holds what is before it. */
export const phases = [
  'planned',
  'created',
  'stored',
  'proven',
  'promoted',
  'delivered',
  'draining',
  'disabled',
  'dead',
  'deleted',
] as const;
export type Phase = (typeof phases)[number] | 'rolled-back';
