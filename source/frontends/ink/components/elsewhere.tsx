import { useAppearance } from '../appearance.ts';
import { Words } from './words.tsx';

/** How many lines of a list are out of sight. */
export function Elsewhere({ before, after }: { readonly before: number; readonly after: number }) {
  const { symbols } = useAppearance();
  if (before + after === 0) return null;
  const parts = [...(before > 0 ? [`${before} above`] : []), ...(after > 0 ? [`${after} below`] : [])];
  return <Words as="quiet">{`${symbols.earlier} ${parts.join(', ')}`}</Words>;
}
