import { Box } from 'ink';
import type { Timeline as TimelineData, TimelinePhase } from '../../../flow/flow.ts';
import { useAppearance } from '../appearance.ts';
import type { Look } from '../theme.ts';
import { Spinner } from './spinner.tsx';
import { TimelineFacts } from './timeline-facts.tsx';
import { Leaves, Waiting } from './timeline-notes.tsx';
import { Words } from './words.tsx';

type State = TimelinePhase['state'];

const looks: Readonly<Record<State, Look>> = {
  done: 'success',
  now: 'accent',
  waiting: 'warning',
  ahead: 'quiet',
  failed: 'danger',
};

interface Props {
  readonly timeline: TimelineData;
  readonly columns: number;
  readonly rows: number;
}

/** Rows that everything but the facts takes: a heading, a blank line between the parts, what is waited for, what is left. */
const others = 10;

/** A timeline beside the conversation: the phases one below the other, then what they are about. */
export function Timeline({ timeline, columns, rows }: Props) {
  const { phases, columns: facts, waiting, leaves } = timeline;
  const room = rows - phases.length - others;
  return (
    <Box flexDirection="column" flexShrink={1} rowGap={1} overflow="hidden" width={columns}>
      <Box justifyContent="space-between" flexShrink={0}>
        <Words as="strong">Timeline</Words>
        <Count phases={phases} />
      </Box>
      <Box flexDirection="column" flexShrink={0}>
        {phases.map(phase => (
          <Box key={phase.id}>
            <Box width={2} flexShrink={0}>
              <PhaseMark state={phase.state} />
            </Box>
            <Words as={phase.state === 'ahead' ? 'quiet' : phase.state === 'now' ? 'strong' : 'plain'} cut>
              {phase.title}
            </Words>
          </Box>
        ))}
      </Box>
      {waiting ? <Waiting waiting={waiting} /> : null}
      <TimelineFacts columns={facts} width={columns} rows={Math.max(2, room)} />
      <Leaves leaves={leaves} />
    </Box>
  );
}

/** The same above the conversation, as low as it can be. */
export function LowTimeline({ timeline, columns, rows }: Props) {
  const { phases, columns: facts, waiting, leaves } = timeline;
  const at = phases.find(({ state }) => state !== 'done') ?? phases.at(-1);
  return (
    <Box flexDirection="column" flexShrink={0} width={columns} marginBottom={rows > 9 ? 1 : 0}>
      <Box columnGap={1}>
        <Box flexShrink={0}>
          {phases.map(({ id, state }) => (
            <PhaseMark key={id} state={state} />
          ))}
        </Box>
        <Box flexShrink={0}>
          <Count phases={phases} />
        </Box>
        <Words as="strong" cut>
          {at?.title ?? ''}
        </Words>
      </Box>
      {waiting ? <Waiting waiting={waiting} /> : null}
      <TimelineFacts columns={facts} width={columns} rows={rows - 5} />
      <Leaves leaves={leaves} />
    </Box>
  );
}

function Count({ phases }: { readonly phases: readonly TimelinePhase[] }) {
  const done = phases.filter(({ state }) => state === 'done').length;
  return <Words as="quiet">{`${done} of ${phases.length}`}</Words>;
}

function PhaseMark({ state }: { readonly state: State }) {
  const { symbols } = useAppearance();
  if (state === 'now') return <Spinner />;
  const signs = {
    done: symbols.checks.pass,
    waiting: symbols.dot,
    ahead: symbols.checks.unknown,
    failed: symbols.checks.fail,
  };
  return <Words as={looks[state]}>{signs[state]}</Words>;
}
