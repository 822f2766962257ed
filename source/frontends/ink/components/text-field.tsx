import { Box, Text } from 'ink';
import type { TextQuestion } from '../../../flow/flow.ts';
import { useAppearance } from '../appearance.ts';
import type { TextInput } from '../inputs/text-input.ts';
import { Cursor } from './cursor.tsx';
import { Pointer } from './pointer.tsx';
import { Words } from './words.tsx';

interface Props {
  readonly question: TextQuestion;
  readonly input: TextInput;
}

/** A line of text with a cursor. While it is empty it shows what Enter would take, or an example. */
export function TextField({ question, input }: Props) {
  const isEmpty = input.before + input.after === '';
  const { fallback, placeholder } = question;
  const offered = fallback ?? (placeholder ? `e.g. ${placeholder}` : '');
  return (
    <Box>
      <Pointer here />
      <Text>
        <Words>{input.before}</Words>
        {isEmpty ? (
          <>
            <Typed look="quiet" text={offered} />
            {fallback === undefined ? null : <Taken />}
          </>
        ) : (
          <Typed look="plain" text={input.after} />
        )}
      </Text>
    </Box>
  );
}

/** Text from the cursor on; the cursor is on its first character, or on a blank at the end. */
function Typed({ look, text }: { readonly look: 'quiet' | 'plain'; readonly text: string }) {
  const [first = ' '] = text;
  return (
    <>
      <Cursor on={first} />
      <Words as={look}>{text.slice(first.length)}</Words>
    </>
  );
}

function Taken() {
  const { symbols } = useAppearance();
  return <Words as="quiet">{`   ${symbols.keys.enter} takes it`}</Words>;
}
