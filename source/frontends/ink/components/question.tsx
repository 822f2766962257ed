import { Box } from 'ink';
import type { ReactNode } from 'react';
import { useAppearance } from '../appearance.ts';
import type { Input, OpenQuestion } from '../inputs/input.ts';
import { Choices } from './choices.tsx';
import { ConfirmField } from './confirm-field.tsx';
import { Marked } from './marked.tsx';
import { Prose } from './prose.tsx';
import { SecretField } from './secret-field.tsx';
import { TextField } from './text-field.tsx';
import { Words } from './words.tsx';

/**
 * The open question, with a bar at its side: what it asks, why, and where the answer goes. Where there is no room, the
 * why gives way.
 */
export function Question(props: {
  readonly open: OpenQuestion;
  readonly input: Input;
  readonly roomy: boolean;
  /** What it may take. */
  readonly rows: number;
}) {
  const { theme, symbols } = useAppearance();
  const { question, problem } = props.open;
  const gap = props.roomy ? 1 : 0;
  return (
    <Box
      flexDirection="column"
      flexShrink={0}
      maxHeight={props.rows}
      borderStyle={symbols.bar}
      borderTop={false}
      borderRight={false}
      borderBottom={false}
      {...(theme.accent.color ? { borderColor: theme.accent.color } : {})}
      paddingLeft={1}
    >
      <Box flexShrink={0}>
        <Prose>
          <Words as="strong">{question.message}</Words>
        </Prose>
      </Box>
      {question.help ? (
        <Box flexShrink={1} overflow="hidden">
          <Prose>
            <Words as="quiet">{question.help}</Words>
          </Prose>
        </Box>
      ) : null}
      <Box marginTop={gap} flexShrink={0} flexDirection="column">
        <Field open={props.open} input={props.input} choiceRows={Math.max(3, props.rows - 4 - gap)} />
      </Box>
      {problem === undefined ? null : (
        <Box marginTop={gap} flexShrink={0} flexDirection="column">
          <Marked mark={<Words as="danger">{symbols.danger}</Words>}>
            <Prose>
              <Words as="danger">{problem}</Words>
            </Prose>
          </Marked>
        </Box>
      )}
    </Box>
  );
}

function Field(props: {
  readonly open: OpenQuestion;
  readonly input: Input;
  readonly choiceRows: number;
}): ReactNode {
  const { question } = props.open;
  const { input } = props;
  if (question.kind === 'text' && input.kind === 'text')
    return <TextField question={question} input={input} />;
  if (question.kind === 'secret' && input.kind === 'secret')
    return <SecretField question={question} input={input} />;
  if (question.kind === 'select' && input.kind === 'select')
    return <Choices choices={question.choices} at={input.at} rows={props.choiceRows} />;
  if (question.kind === 'multiselect' && input.kind === 'multiselect')
    return <Choices choices={question.choices} at={input.at} marked={input.marked} rows={props.choiceRows} />;
  if (question.kind === 'confirm' && input.kind === 'confirm')
    return <ConfirmField question={question} input={input} />;
  return null;
}
