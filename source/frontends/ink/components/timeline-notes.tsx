import { Box, useAnimation } from 'ink';
import type { Timeline } from '../../../flow/flow.ts';
import { useAppearance } from '../appearance.ts';
import { Marked } from './marked.tsx';
import { Prose } from './prose.tsx';
import { Words } from './words.tsx';

/** What is waited for, and how long yet; the time goes on while it is looked at. */
export function Waiting({ waiting }: { readonly waiting: NonNullable<Timeline['waiting']> }) {
  const { symbols } = useAppearance();
  useAnimation({ interval: 1000 });
  const left = waiting.until === undefined ? undefined : Date.parse(waiting.until) - Date.now();
  return (
    <Marked mark={<Words as="warning">{symbols.dot}</Words>}>
      <Prose>
        <Words as="warning">{waiting.words}</Words>
      </Prose>
      {left === undefined ? null : <Words as="strong">{clockWords(left)}</Words>}
    </Marked>
  );
}

/** What ending now would leave behind. */
export function Leaves({ leaves }: { readonly leaves: string }) {
  return (
    <Box flexShrink={0}>
      <Prose>
        <Words as="quiet">{`Ctrl+C now leaves ${leaves}.`}</Words>
      </Prose>
    </Box>
  );
}

/** `23:59:04 left`. */
function clockWords(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${parts.map(part => String(part).padStart(2, '0')).join(':')} left`;
}
