import { Box } from 'ink';
import type { SelectQuestion } from '../../../flow/flow.ts';
import { useAppearance } from '../appearance.ts';
import { choicesShown, type SelectInput } from '../inputs/select-input.ts';
import { Pointer } from './pointer.tsx';
import { Words } from './words.tsx';

/** The choices, one a line, with the pointer at one; of a long list the part around the pointer. */
export function SelectField(props: {
  readonly question: SelectQuestion;
  readonly input: SelectInput;
  readonly rows: number;
}) {
  const { choices } = props.question;
  const { from, to } = choicesShown(props.input.at, choices.length, props.rows);
  const widest = Math.max(...choices.map(choice => choice.title.length));
  return (
    <Box flexDirection="column">
      {choices.slice(from, to).map((choice, index) => (
        <Box key={choice.value}>
          <Pointer here={from + index === props.input.at} />
          <Box minWidth={Math.min(widest, 24)} flexShrink={0} marginRight={3}>
            <Words as={from + index === props.input.at ? 'chosen' : 'plain'}>{choice.title}</Words>
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

/** How many choices are out of sight. */
function Elsewhere({ before, after }: { readonly before: number; readonly after: number }) {
  const { symbols } = useAppearance();
  if (before + after === 0) return null;
  const parts = [...(before > 0 ? [`${before} above`] : []), ...(after > 0 ? [`${after} below`] : [])];
  return <Words as="quiet">{`${symbols.earlier} ${parts.join(', ')}`}</Words>;
}
