import { builtInRegions } from '../../castai/castai.ts';
import { columns, prose } from '../columns.ts';
import type { TopicText } from './topics.ts';

export const text: TopicText = () =>
  [
    'Regions of Cast AI:',
    ...columns(
      builtInRegions.map(({ id, title, origin, console }) => [
        id,
        `${title}: ${origin}${console ? ` (console: ${console})` : ''}`,
      ]),
    ),
    '',
    prose(
      'Each region is a deployment with keys of its own: a key works only in the region that issued it, and is refused like a wrong one everywhere else. castkeys tries the other regions only after asking.',
      'Any other address is given as its URL, https://HOST, or http://127.0.0.1:PORT for something on this machine. api.castai.com, which some write-ups name, is not Cast AI.',
      'practice, in the wizard, is a pretended Cast AI on this machine: castkeys practice.',
    ),
  ].join('\n');
