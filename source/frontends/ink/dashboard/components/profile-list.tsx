import { Box } from 'ink';
import { Elsewhere } from '../../components/elsewhere.tsx';
import { choicesShown } from '../../inputs/select-input.ts';
import type { BoardProfile } from '../board.ts';
import { rowColumns } from '../row-spans.ts';
import { ProfileRow, RowHeading } from './profile-row.tsx';

interface Props {
  readonly profiles: readonly BoardProfile[];
  readonly selected: string | undefined;
  readonly columns: number;
  /** What it may take, the heading included. */
  readonly rows: number;
}

/** All profiles, one a line; of many the part around the one that is looked at. */
export function ProfileList({ profiles, selected, columns, rows }: Props) {
  const parts = rowColumns(columns);
  const at = Math.max(
    0,
    profiles.findIndex(({ name }) => name === selected),
  );
  const room = rows - 1 - (profiles.length > rows - 1 ? 1 : 0);
  const { from, to } = choicesShown(at, profiles.length, room);
  return (
    <Box flexDirection="column" width={columns} flexShrink={0}>
      <RowHeading columns={parts} />
      {profiles.slice(from, to).map(profile => (
        <ProfileRow
          key={profile.name}
          profile={profile}
          isChosen={profile.name === selected}
          columns={parts}
        />
      ))}
      <Elsewhere before={from} after={profiles.length - to} />
    </Box>
  );
}
