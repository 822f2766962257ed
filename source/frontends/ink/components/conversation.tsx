import { Box, type DOMElement, useBoxMetrics } from 'ink';
import { memo, useRef } from 'react';
import type { Line } from '../../../flow/flow.ts';
import { useAppearance } from '../appearance.ts';
import { ConversationLine } from './conversation-line.tsx';
import { Words } from './words.tsx';

/** What was said so far, the latest at the bottom; what has no room scrolls away at the top, and its rows are counted. */
export const Conversation = memo(function Conversation(props: { readonly lines: readonly Line[] }) {
  const { symbols } = useAppearance();
  const frame = useRef<DOMElement>(null);
  const content = useRef<DOMElement>(null);
  const { height: room } = useBoxMetrics(frame);
  const { height: needed } = useBoxMetrics(content);
  const overflows = needed > room && room > 0;
  return (
    <Box ref={frame} flexDirection="column" flexShrink={1} overflow="hidden">
      {overflows ? (
        <Box flexShrink={0}>
          <Words as="quiet">{`${symbols.earlier} ${needed - room + 1} earlier`}</Words>
        </Box>
      ) : null}
      <Box flexDirection="column" flexShrink={1} justifyContent="flex-end" overflow="hidden">
        <Box ref={content} flexDirection="column" flexShrink={0}>
          {props.lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added and dropped at the end.
            <ConversationLine key={index} line={line} />
          ))}
        </Box>
      </Box>
    </Box>
  );
});
