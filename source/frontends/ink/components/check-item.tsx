import { Box } from 'ink';
import { useAppearance } from '../appearance.ts';
import type { CheckRow } from '../check-rows.ts';
import type { Look } from '../theme.ts';
import { Marked } from './marked.tsx';
import { Prose } from './prose.tsx';
import { Spinner } from './spinner.tsx';
import { Words } from './words.tsx';

type State = CheckRow['check']['state'];

/** What a state is called, for those who can't tell its colour; the other signs say enough. */
const stateWords: Readonly<Record<State, string>> = {
  pass: '',
  warn: 'warns',
  fail: 'fails',
  unknown: '',
  skip: 'not here',
  measuring: '',
};

export const stateLooks: Readonly<Record<State, Look>> = {
  pass: 'success',
  warn: 'warning',
  fail: 'danger',
  unknown: 'quiet',
  skip: 'quiet',
  measuring: 'accent',
};

/** A check: its state as a sign and as a word, and where it matters the evidence and what mends it. */
export function CheckItem({ row }: { readonly row: CheckRow }) {
  const { symbols } = useAppearance();
  const { state, title, evidence, fix } = row.check;
  const isFaint = state === 'unknown' || state === 'skip';
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Box>
        <Box width={2} flexShrink={0}>
          <StateMark state={state} />
        </Box>
        <Box flexGrow={1} flexShrink={1}>
          <Words as={isFaint ? 'quiet' : 'plain'} cut>
            {title}
          </Words>
        </Box>
        <Box flexShrink={0} marginLeft={1}>
          <Words as={stateLooks[state]}>{stateWords[state]}</Words>
        </Box>
      </Box>
      {row.detailed ? (
        <Box flexDirection="column" marginLeft={2}>
          {evidence === '' ? null : (
            <Prose>
              <Words as="quiet">{evidence}</Words>
            </Prose>
          )}
          {fix === undefined ? null : (
            <Marked mark={<Words as="info">{symbols.fix}</Words>}>
              <Prose>
                <Words as="info">{fix}</Words>
              </Prose>
            </Marked>
          )}
        </Box>
      ) : null}
    </Box>
  );
}

/** The sign of a state. */
export function StateMark({ state }: { readonly state: State }) {
  const { symbols } = useAppearance();
  if (state === 'measuring') return <Spinner />;
  return <Words as={stateLooks[state]}>{symbols.checks[state]}</Words>;
}
