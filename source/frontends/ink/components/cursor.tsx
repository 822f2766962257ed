import { useAppearance } from '../appearance.ts';
import { Words } from './words.tsx';

/** The cursor, on a character or, at the end, on a blank. */
export function Cursor({ on = ' ' }: { readonly on?: string }) {
  const { theme, symbols } = useAppearance();
  return <Words as="cursor">{theme.cursor.inverse ? on : symbols.cursor + on.trim()}</Words>;
}
