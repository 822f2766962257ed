import { createContext, use } from 'react';
import { type Symbols, symbolsFor } from './symbols.ts';
import { type Theme, themeFor } from './theme.ts';

/** How this terminal is drawn on. */
export interface Appearance {
  readonly theme: Theme;
  readonly symbols: Symbols;
}

/** Until somebody knows better: nothing that a terminal could fail to show. */
export const AppearanceContext = createContext<Appearance>({
  theme: themeFor(0),
  symbols: symbolsFor({}, 'linux'),
});

export function useAppearance(): Appearance {
  return use(AppearanceContext);
}
