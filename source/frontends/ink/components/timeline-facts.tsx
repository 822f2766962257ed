import { Box } from 'ink';
import type { TimelineColumn } from '../../../flow/flow.ts';
import { Words } from './words.tsx';

interface Props {
  readonly columns: readonly TimelineColumn[];
  readonly width: number;
  /** The heading included; what comes last has no room first. */
  readonly rows: number;
}

const labelWidth = 10;

/** Things side by side: a label, and what each has of it. */
export function TimelineFacts({ columns, width, rows }: Props) {
  const labels = columns[0]?.facts.map(({ label }) => label) ?? [];
  const each = Math.floor((width - labelWidth) / Math.max(1, columns.length)) - 1;
  if (rows < 2) return null;
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Row label="" cells={columns.map(({ title }) => title)} width={each} isHeading />
      {labels.slice(0, rows - 1).map((label, at) => (
        <Row
          key={label}
          label={label}
          cells={columns.map(({ facts }) => facts[at]?.value ?? '')}
          width={each}
        />
      ))}
    </Box>
  );
}

function Row(props: {
  readonly label: string;
  readonly cells: readonly string[];
  readonly width: number;
  readonly isHeading?: boolean;
}) {
  return (
    <Box columnGap={1}>
      <Box width={labelWidth - 1} flexShrink={0}>
        <Words as="quiet" cut>
          {props.label}
        </Words>
      </Box>
      {props.cells.map((cell, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the columns of one table never change places.
        <Box key={at} width={props.width} flexShrink={0}>
          <Words as={props.isHeading ? 'strong' : 'plain'} cut>
            {shortened(cell, props.width)}
          </Words>
        </Box>
      ))}
    </Box>
  );
}

/** Of a path of names the end tells most: `castkeys/production/reader/1f2e3d4c-1`. */
function shortened(text: string, width: number): string {
  return text.length > width && text.includes('/') ? `…${text.slice(1 - width)}` : text;
}
