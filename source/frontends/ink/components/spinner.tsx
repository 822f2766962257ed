import { useAnimation } from 'ink';
import { useAppearance } from '../appearance.ts';
import { Words } from './words.tsx';

/** Says that something is going on. Only this component is rendered anew for each turn. */
export function Spinner() {
  const { spinner } = useAppearance().symbols;
  const { frame } = useAnimation({ interval: 80 });
  return <Words as="accent">{spinner[frame % spinner.length] ?? ''}</Words>;
}
