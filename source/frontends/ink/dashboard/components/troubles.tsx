import { Box } from 'ink';
import { memo } from 'react';
import { useAppearance } from '../../appearance.ts';
import { everything, troubling } from '../../check-rows.ts';
import { stateLooks } from '../../components/check-item.tsx';
import { Elsewhere } from '../../components/elsewhere.tsx';
import { cell, Spans } from '../../components/spans.tsx';
import { Words } from '../../components/words.tsx';
import type { BoardProfile } from '../board.ts';

interface Props {
  readonly profiles: readonly BoardProfile[];
  readonly columns: number;
  readonly rows: number;
}

/** What fails or warns in any profile, what fails first. */
export const Troubles = memo(function Troubles({ profiles, columns, rows }: Props) {
  const { symbols } = useAppearance();
  const all = profiles
    .flatMap(({ name, checks }) =>
      checks.filter(({ state }) => troubling.includes(state)).map(check => ({ name, check })),
    )
    .toSorted((a, b) => everything.indexOf(a.check.state) - everything.indexOf(b.check.state));
  const room = rows - 1 - (all.length > rows - 1 ? 1 : 0);
  if (all.length === 0 || room < 1) return null;
  const names = Math.min(24, Math.max(...all.map(({ name }) => name.length)));
  return (
    <Box flexDirection="column" width={columns} flexShrink={0}>
      <Words as="strong">{all.length === 1 ? '1 thing to mend' : `${all.length} things to mend`}</Words>
      {all.slice(0, room).map(({ name, check }) => (
        <Spans
          key={`${name} ${check.id}`}
          spans={[
            {
              as: stateLooks[check.state],
              text: `${symbols.checks[check.state === 'fail' ? 'fail' : 'warn']} `,
            },
            ...cell(names + 2, [{ as: stateLooks[check.state], text: name }]),
            { text: check.title },
          ]}
        />
      ))}
      <Elsewhere before={0} after={all.length - Math.min(room, all.length)} />
    </Box>
  );
});
