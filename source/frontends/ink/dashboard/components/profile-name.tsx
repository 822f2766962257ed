import { useAppearance } from '../../appearance.ts';
import { Spans } from '../../components/spans.tsx';
import type { BoardProfile } from '../board.ts';
import { nameSpans } from '../row-spans.ts';

/** A profile by its name, as in the list. */
export function ProfileName({ profile }: { readonly profile: BoardProfile }) {
  const { symbols } = useAppearance();
  return <Spans spans={nameSpans(profile, true, symbols)} />;
}
