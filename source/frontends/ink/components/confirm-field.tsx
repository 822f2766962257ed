import { Box } from 'ink';
import type { ConfirmQuestion } from '../../../flow/flow.ts';
import type { ConfirmInput } from '../inputs/confirm-input.ts';
import { Pointer } from './pointer.tsx';
import { Words } from './words.tsx';

/** Yes and no, with the pointer at what Enter takes; what it takes untouched is marked. */
export function ConfirmField(props: { readonly question: ConfirmQuestion; readonly input: ConfirmInput }) {
  return (
    <Box>
      {[true, false].map(yes => (
        <Box key={String(yes)} marginRight={4}>
          <Pointer here={props.input.yes === yes} />
          <Words as={props.input.yes === yes ? 'chosen' : 'plain'}>{yes ? 'Yes' : 'No'}</Words>
          {props.question.fallback === yes ? <Words as="quiet">{' (default)'}</Words> : null}
        </Box>
      ))}
    </Box>
  );
}
