import { Box } from 'ink';
import { Checklist, LowChecklist } from '../../components/checklist.tsx';
import { SidePane } from '../../components/side-pane.tsx';
import { Words } from '../../components/words.tsx';
import type { Layout } from '../../layout.ts';
import type { BoardProfile } from '../board.ts';
import { KeyLines, keyRows } from './key-lines.tsx';
import { LowGlance } from './low-glance.tsx';
import { ProfileList } from './profile-list.tsx';
import { ProfileName } from './profile-name.tsx';
import { Troubles } from './troubles.tsx';

interface Props {
  readonly profiles: readonly BoardProfile[];
  readonly profile: BoardProfile;
  readonly layout: Layout;
}

/** Standing, its gap, and two columns of checks. */
const lowChecklist = (checks: number) => 3 + Math.ceil(checks / 2);

/** In fewer, two columns of checks would be cut. */
const twoColumnsFrom = 64;

/** All profiles, and the one that is looked at at a glance: beside them, or below. */
export function BoardPlace({ profiles, profile, layout }: Props) {
  if (layout.checklist === 'beside') {
    const columns = layout.width - layout.pane.columns - 5;
    return (
      <>
        <Box flexDirection="column" rowGap={2}>
          <ProfileList profiles={profiles} selected={profile.name} columns={columns} rows={layout.bodyRows} />
          <Troubles profiles={profiles} columns={columns} rows={layout.bodyRows - profiles.length - 3} />
        </Box>
        <SidePane width={layout.pane.columns + 3}>
          <Glance profile={profile} columns={layout.pane.columns} rows={layout.bodyRows} />
        </SidePane>
      </>
    );
  }
  const needed = lowChecklist(profile.checks.length);
  const list = Math.min(profiles.length + 1, Math.max(4, layout.bodyRows - needed - 1));
  const below = layout.bodyRows - list - 1;
  return (
    <Box flexDirection="column" rowGap={1} flexGrow={1}>
      <ProfileList profiles={profiles} selected={profile.name} columns={layout.width} rows={list} />
      {below >= needed && layout.width >= twoColumnsFrom ? (
        <LowChecklist
          checks={profile.checks}
          columns={layout.width}
          rows={below - needed}
          title={profile.name}
        />
      ) : below >= 1 ? (
        <LowGlance checks={profile.checks} columns={layout.width} rows={below} />
      ) : null}
    </Box>
  );
}

function Glance({
  profile,
  columns,
  rows,
}: {
  readonly profile: BoardProfile;
  readonly columns: number;
  readonly rows: number;
}) {
  const { organization, usedBecause } = profile;
  const said = [usedBecause, organization].filter(Boolean).join(', ');
  return (
    <Box flexDirection="column" rowGap={1} width={columns}>
      <Box flexDirection="column" flexShrink={0}>
        <ProfileName profile={profile} />
        {said === '' ? null : (
          <Words as="quiet" cut>
            {said}
          </Words>
        )}
      </Box>
      <KeyLines profile={profile} columns={columns} />
      <Checklist
        checks={profile.checks}
        columns={columns}
        rows={rows - keyRows(profile) - (said === '' ? 3 : 4)}
      />
    </Box>
  );
}
