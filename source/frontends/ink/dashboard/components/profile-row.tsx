import { memo } from 'react';
import { useAppearance } from '../../appearance.ts';
import { cell, Spans } from '../../components/spans.tsx';
import type { BoardProfile } from '../board.ts';
import { type RowColumns, rowSpans } from '../row-spans.ts';

interface Props {
  readonly profile: BoardProfile;
  readonly isChosen: boolean;
  readonly columns: RowColumns;
}

/** A profile on one line: who, how old its most pressing key is, when that is due, and how its checks stand. */
export const ProfileRow = memo(function ProfileRow({ profile, isChosen, columns }: Props) {
  const { symbols } = useAppearance();
  return <Spans spans={rowSpans(profile, isChosen, columns, symbols)} />;
});

/** What the columns hold. */
export function RowHeading({ columns }: { readonly columns: RowColumns }) {
  const parts = [
    [columns.name + 2, '  Profile'],
    [columns.bar, 'Key age'],
    [columns.age, ''],
    [columns.due, 'Next due'],
    [columns.checks, 'Checks'],
  ] as const;
  return <Spans spans={parts.flatMap(([width, text]) => cell(width, [{ as: 'quiet', text }]))} />;
}
