import { Box } from 'ink';
import { useAppearance } from '../../appearance.ts';
import { cell, Spans } from '../../components/spans.tsx';
import { Words } from '../../components/words.tsx';
import { type BoardProfile, dueIn, standingOf } from '../board.ts';
import { barSpans, standingLooks } from '../row-spans.ts';

interface Props {
  readonly profile: BoardProfile;
  readonly columns: number;
}

/** Each key of a profile with its age, and what is waited for. */
export function KeyLines({ profile, columns }: Props) {
  const { symbols } = useAppearance();
  const bar = Math.max(8, Math.min(24, columns - 44));
  return (
    <Box flexDirection="column" flexShrink={0}>
      {profile.keys.length === 0 ? <Words as="quiet">No key is stored yet.</Words> : null}
      {profile.keys.map(key => (
        <Spans
          key={key.role}
          spans={[
            ...cell(7, [{ text: key.role }]),
            ...barSpans(key, bar, symbols),
            { as: 'quiet', text: ` ${key.isAtLeast ? 'at least ' : ''}${key.age} of ${key.allowed} d ` },
            { as: standingLooks[standingOf(key)], text: dueIn(key) },
          ]}
        />
      ))}
      {profile.waits.map(({ role, phase, words, left }) => (
        <Box key={role} flexShrink={0}>
          <Words as="accent" cut>
            {`${symbols.earlier} ${role} rotates: ${phase}${left === undefined ? '' : `, ${left} left`}${words === undefined ? '' : ` ${symbols.between} ${words}`}`}
          </Words>
        </Box>
      ))}
    </Box>
  );
}

/** How many rows it takes. */
export const keyRows = ({ keys, waits }: BoardProfile): number => Math.max(1, keys.length) + waits.length;
