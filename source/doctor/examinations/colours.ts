import type { Examination } from '../examination.ts';

const levels = ['none', 'the 16 of the terminal', '256', 'all 16 million'] as const;

export const colours: Examination = {
  id: 'colours',
  title: 'Colours',
  measure: ({ screen: { colour } }) => ({
    state: 'pass',
    evidence: `${levels[colour.level]}: ${colour.because}`,
  }),
};
