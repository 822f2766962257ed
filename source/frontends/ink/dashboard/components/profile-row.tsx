import { Box } from 'ink';
import { memo, type ReactNode } from 'react';
import { Pointer } from '../../components/pointer.tsx';
import { Words } from '../../components/words.tsx';
import { type BoardProfile, mostPressing, standingOf } from '../board.ts';
import type { RowColumns } from '../row-columns.ts';
import { AgeBar, standingLooks } from './age-bar.tsx';
import { CheckCounts } from './check-counts.tsx';
import { ProfileName } from './profile-name.tsx';

interface Props {
  readonly profile: BoardProfile;
  readonly isChosen: boolean;
  readonly columns: RowColumns;
}

/** A profile on one line: who, how old its most pressing key is, when that is due, and how its checks stand. */
export const ProfileRow = memo(function ProfileRow({ profile, isChosen, columns }: Props) {
  const key = mostPressing(profile);
  const [wait] = profile.waits;
  return (
    <Box flexShrink={0}>
      <Pointer here={isChosen} />
      <Box flexGrow={1} flexShrink={1} width={columns.name} marginRight={1}>
        <ProfileName profile={profile} isChosen={isChosen} />
      </Box>
      <Cell width={columns.bar}>
        {key ? <AgeBar boardKey={key} columns={columns.bar} /> : <Words as="quiet">no key</Words>}
      </Cell>
      {columns.age > 0 ? (
        <Cell width={columns.age}>
          <Words as="quiet">{key ? ageOf(key) : ''}</Words>
        </Cell>
      ) : null}
      <Cell width={columns.due}>
        <Words
          as={key ? (standingOf(key) === 'young' ? 'plain' : standingLooks[standingOf(key)]) : 'quiet'}
          cut
        >
          {wait ? wait.what : key ? dueShort(key.left) : ''}
        </Words>
      </Cell>
      <Box width={columns.checks} flexShrink={0}>
        <CheckCounts profile={profile} />
      </Box>
    </Box>
  );
});

function Cell(props: { readonly width: number; readonly children: ReactNode }) {
  return (
    <Box width={props.width} flexShrink={0} marginRight={1}>
      {props.children}
    </Box>
  );
}

/** What the columns hold. */
export function RowHeading({ columns }: { readonly columns: RowColumns }) {
  return (
    <Box flexShrink={0}>
      <Box flexGrow={1} flexShrink={1} width={columns.name} marginLeft={2} marginRight={1}>
        <Words as="quiet">Profile</Words>
      </Box>
      <Cell width={columns.bar}>
        <Words as="quiet">Key age</Words>
      </Cell>
      {columns.age > 0 ? (
        <Cell width={columns.age}>
          <Words> </Words>
        </Cell>
      ) : null}
      <Cell width={columns.due}>
        <Words as="quiet">Next due</Words>
      </Cell>
      <Box width={columns.checks} flexShrink={0}>
        <Words as="quiet">Checks</Words>
      </Box>
    </Box>
  );
}

const ageOf = ({ age, allowed, isAtLeast }: { age: number; allowed: number; isAtLeast: boolean }): string =>
  `${isAtLeast ? '>' : ''}${age} of ${allowed} d`;

function dueShort(left: number): string {
  if (left < 0) return `${-left} d over`;
  return left === 0 ? 'today' : `in ${left} d`;
}
