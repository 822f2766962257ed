import type { Summary } from '../broker/broker.ts';

/** How many kinds of refusals are told of one by one. */
const told = 5;

/** What a refusal says to the program; here it stands in the heading. */
const nothingSent = / Nothing was sent to Cast AI\.$/;

/** What a broker refused, in words; empty where it refused nothing. */
export function brokerSummary({ forwarded, refused, refusals }: Summary): string {
  if (refused === 0) return '';
  const lines = refusals.slice(0, told).map(({ method, path, count, why }) => {
    const times = count > 1 ? ` (${count} times)` : '';
    return `  ${[method, path].filter(Boolean).join(' ') || 'a connection'}${times}: ${why.replace(nothingSent, '')}\n`;
  });
  const more = refusals.length > told ? `  and ${refusals.length - told} more\n` : '';
  return `castkeys: the broker passed ${forwarded} ${forwarded === 1 ? 'request' : 'requests'} on and refused ${refused}:\n${lines.join('')}${more}`;
}
