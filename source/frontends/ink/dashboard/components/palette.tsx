import { Box, Text } from 'ink';
import { Choices } from '../../components/choices.tsx';
import { Cursor } from '../../components/cursor.tsx';
import { Pointer } from '../../components/pointer.tsx';
import { Words } from '../../components/words.tsx';
import type { Offer, Palette } from '../state.ts';

/** A line to type into, and what is offered: each act with the command it is. */
export function PaletteList(props: {
  readonly palette: Palette;
  readonly offers: readonly Offer[];
  readonly rows: number;
}) {
  const { palette, offers } = props;
  const choices = offers.map((offer, index) =>
    offer.kind === 'look'
      ? { value: `${index}`, title: `Look at ${offer.profile}` }
      : { value: `${index}`, title: offer.act.title, hint: `castkeys ${offer.act.words.join(' ')}` },
  );
  return (
    <Box flexDirection="column" rowGap={1}>
      <Box>
        <Pointer here />
        <Text>
          <Words>{palette.typed}</Words>
          <Cursor />
          {palette.typed === '' ? <Words as="quiet">{' type what you want to do'}</Words> : null}
        </Text>
      </Box>
      {choices.length === 0 ? (
        <Words as="quiet">Nothing is called that.</Words>
      ) : (
        <Choices choices={choices} at={palette.at} rows={Math.max(1, props.rows - 3)} titleColumns={44} />
      )}
    </Box>
  );
}
