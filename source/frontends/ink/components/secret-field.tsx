import { Box, Text } from 'ink';
import type { SecretQuestion } from '../../../flow/flow.ts';
import { useAppearance } from '../appearance.ts';
import type { SecretInput } from '../inputs/secret-input.ts';
import { Cursor } from './cursor.tsx';
import { Pointer } from './pointer.tsx';
import { Words } from './words.tsx';

/** Says only whether something was typed: a mask of the secret's own length would tell it. */
export function SecretField(props: { readonly question: SecretQuestion; readonly input: SecretInput }) {
  const { symbols } = useAppearance();
  const label = props.question.fallback?.label;
  const invitation = label
    ? `paste or type, nothing is shown; ${symbols.keys.enter} takes ${label}`
    : 'paste or type, nothing is shown';
  return (
    <Box>
      <Pointer here />
      <Text>
        {props.input.received ? (
          <>
            <Words>{symbols.mask}</Words>
            <Cursor />
            <Words as="success">{' received'}</Words>
          </>
        ) : (
          <>
            <Cursor />
            <Words as="quiet">{` ${invitation}`}</Words>
          </>
        )}
      </Text>
    </Box>
  );
}
