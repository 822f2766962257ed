import { Text } from 'ink';
import { useAppearance } from '../../appearance.ts';
import { Words } from '../../components/words.tsx';
import type { Look } from '../../theme.ts';
import { type BoardKey, standingOf } from '../board.ts';

export const standingLooks: Readonly<Record<ReturnType<typeof standingOf>, Look>> = {
  young: 'success',
  due: 'warning',
  over: 'danger',
};

/** A key's age against what its policy allows: full where the time is up. */
export function AgeBar(props: { readonly boardKey: BoardKey; readonly columns: number }) {
  const { rule } = useAppearance().symbols;
  const { age, left } = props.boardKey;
  // What expires before the policy has it replaced is as old as its own time says.
  const share = left <= 0 ? 1 : age / (age + left);
  const filled = Math.min(props.columns, Math.max(age > 0 ? 1 : 0, Math.round(share * props.columns)));
  return (
    <Text>
      <Words as={standingLooks[standingOf(props.boardKey)]}>{rule.heavy.repeat(filled)}</Words>
      <Words as="quiet">{rule.light.repeat(props.columns - filled)}</Words>
    </Text>
  );
}
