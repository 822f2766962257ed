import { Text } from 'ink';
import { withoutControls } from '../../../printable.ts';
import { useAppearance } from '../appearance.ts';
import type { Look } from '../theme.ts';

/**
 * The only way a text reaches the screen: in the look it is meant in, in signs this terminal has, and without anything
 * it would act on, wherever the text came from. `cut` keeps it on one line.
 */
export function Words(props: { readonly as?: Look; readonly cut?: boolean; readonly children: string }) {
  const { theme, symbols } = useAppearance();
  return (
    <Text {...theme[props.as ?? 'plain']} wrap={props.cut ? 'truncate-end' : 'wrap'}>
      {withoutControls(symbols.say(props.children))}
    </Text>
  );
}
