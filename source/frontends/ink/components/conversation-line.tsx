import { Box } from 'ink';
import type { Line } from '../../../flow/flow.ts';
import { useAppearance } from '../appearance.ts';
import { Marked } from './marked.tsx';
import { Prose } from './prose.tsx';
import { StepLine } from './step-line.tsx';
import { Words } from './words.tsx';

/** One line of what was asked, said and done. */
export function ConversationLine({ line }: { readonly line: Line }) {
  const { symbols } = useAppearance();
  switch (line.kind) {
    case 'answer':
      return <Answer message={line.message} shown={line.shown} />;
    case 'note': {
      const look = line.tone === 'info' ? 'plain' : line.tone;
      return (
        <Marked mark={<Words as={line.tone}>{symbols[line.tone]}</Words>}>
          <Prose>
            <Words as={look}>{line.text}</Words>
          </Prose>
        </Marked>
      );
    }
    case 'badge':
      return null;
    case 'step':
      return <StepLine step={line} />;
  }
}

/** On one line: where both don't fit, the question gives way to the answer. */
function Answer({ message, shown }: { readonly message: string; readonly shown: string }) {
  const { symbols } = useAppearance();
  return (
    <Box flexShrink={0}>
      <Box width={2} flexShrink={0}>
        <Words as="quiet">{symbols.answered}</Words>
      </Box>
      <Box flexShrink={1000} marginRight={2}>
        <Words as="quiet" cut>
          {message}
        </Words>
      </Box>
      <Box flexShrink={1}>
        <Words cut>{shown}</Words>
      </Box>
    </Box>
  );
}
