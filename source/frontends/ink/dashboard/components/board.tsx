import { Box } from 'ink';
import { CheckStrip } from '../../components/check-strip.tsx';
import { Checklist, LowChecklist } from '../../components/checklist.tsx';
import { SidePane } from '../../components/side-pane.tsx';
import { Words } from '../../components/words.tsx';
import type { Layout } from '../../layout.ts';
import type { BoardProfile } from '../board.ts';
import { mostPressingCheck } from '../state.ts';
import { Evidence } from './evidence.tsx';
import { KeyLines, keyRows } from './key-lines.tsx';
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
  const gap = layout.roomy ? 1 : 0;
  const list = Math.min(
    profiles.length + 1,
    Math.max(4, layout.bodyRows - lowChecklist(profile.checks.length) - gap),
  );
  const below = layout.bodyRows - list - gap;
  return (
    <Box flexDirection="column" rowGap={gap} flexGrow={1}>
      <ProfileList profiles={profiles} selected={profile.name} columns={layout.width} rows={list} />
      {below >= lowChecklist(profile.checks.length) ? (
        <LowChecklist
          checks={profile.checks}
          columns={layout.width}
          rows={below - lowChecklist(profile.checks.length)}
          title={profile.name}
        />
      ) : below >= 1 ? (
        <Box flexDirection="column">
          <CheckStrip checks={profile.checks} columns={layout.width} />
          <Box flexDirection="column" maxHeight={below - 1} overflow="hidden">
            <Evidence check={mostPressingCheck(profile.checks)} />
          </Box>
        </Box>
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
