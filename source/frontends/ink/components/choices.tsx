import { Box } from 'ink';
import type { Choice } from '../../../flow/flow.ts';
import { useAppearance } from '../appearance.ts';
import { choicesShown } from '../inputs/select-input.ts';
import { Elsewhere } from './elsewhere.tsx';
import { Pointer } from './pointer.tsx';
import { Words } from './words.tsx';

/** Choices, one a line, with the pointer at one; of a long list the part around the pointer. */
export function Choices(props: {
  readonly choices: readonly Choice[];
  readonly at: number;
  readonly rows: number;
  /** What is marked, where several can be; absent where the pointer alone chooses. */
  readonly marked?: readonly string[];
  /** Hints begin behind the widest title, but no later than this. Default 24. */
  readonly titleColumns?: number;
}) {
  const { choices, at, marked, titleColumns = 24 } = props;
  const { symbols } = useAppearance();
  const { from, to } = choicesShown(at, choices.length, props.rows);
  const widest = Math.max(...choices.map(choice => choice.title.length));
  return (
    <Box flexDirection="column">
      {choices.slice(from, to).map((choice, index) => (
        <Box key={choice.value}>
          <Pointer here={from + index === at} />
          {marked ? (
            <Box width={symbols.box.marked.length + 1} flexShrink={0}>
              <Words as={marked.includes(choice.value) ? 'chosen' : 'quiet'}>
                {marked.includes(choice.value) ? symbols.box.marked : symbols.box.blank}
              </Words>
            </Box>
          ) : null}
          <Box minWidth={Math.min(widest, titleColumns)} flexShrink={0} marginRight={3}>
            <Words as={from + index === at ? 'chosen' : 'plain'}>{choice.title}</Words>
          </Box>
          {choice.hint ? (
            <Words as="quiet" cut>
              {choice.hint}
            </Words>
          ) : null}
        </Box>
      ))}
      <Elsewhere before={from} after={choices.length - to} />
    </Box>
  );
}
