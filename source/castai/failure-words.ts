import type { Failure, FailureKind, NetworkTrouble } from './failure.ts';

/** One or two sentences: what happened, where, and what it says nothing about. */
export function describe(failure: Failure): string {
  const sentences = [`${what(failure)} (${where(failure)}).`];
  if (failure.mayHaveHappened) sentences.push('It may have been carried out all the same.');
  else if (changesNothing(failure.kind))
    sentences.push('Nothing is concluded from this, and nothing was changed.');
  return sentences.join(' ');
}

/** What a person can do about it. */
export const nextStep: Readonly<Record<FailureKind, string>> = {
  unauthorized: 'compare region and key with the Cast AI console, then castkeys keys add --replace',
  forbidden: 'use a key whose role allows this, or ask an Owner of the organization',
  'not-found': 'compare the API URL and the ids with castkeys profiles show',
  rejected: 'correct what it names and run the same command again',
  'rate-limited': 'wait a little, then run the same command again',
  server: 'look at https://status.cast.ai, then run the same command again',
  unreachable: 'castkeys doctor',
  unintelligible: 'castkeys doctor',
  unsendable: 'castkeys keys add --replace',
  cancelled: 'run the same command again',
};

function what(failure: Failure): string {
  const said = failure.detail ? `: ${failure.detail}` : '';
  switch (failure.kind) {
    case 'unauthorized':
      return 'Cast AI does not accept this key: it is wrong, disabled, expired or from another region';
    case 'forbidden':
      return `This key may not do this${said}`;
    case 'not-found':
      return `Cast AI has nothing there${said}; that says nothing about the key`;
    case 'rejected':
      return `Cast AI refused the request${said}${violations(failure)}`;
    case 'rate-limited':
      return `Cast AI asks for a pause${pause(failure)}`;
    case 'server':
      return `Cast AI failed${said}`;
    case 'unreachable':
      return unreachable(failure.host, failure.trouble ?? 'other', failure.detail);
    case 'unintelligible':
      return `The answer makes no sense${said}`;
    case 'unsendable':
      return `Nothing was sent${said}`;
    case 'cancelled':
      return 'The call was cancelled';
  }
}

/** How a server could not be reached, without a full stop. */
export function unreachable(host: string, trouble: NetworkTrouble, detail: string | undefined): string {
  const code = detail ? `: ${detail}` : '';
  switch (trouble) {
    case 'dns':
      return `The name ${host} could not be resolved${code}`;
    case 'refused':
      return `${host} refused the connection`;
    case 'no-route':
      return `There is no way to ${host} from here${code}`;
    case 'tls':
      return `There is no trusted connection to ${host}${code}`;
    case 'timeout':
      return `${host} did not answer in time${code}`;
    case 'dropped':
      return `The connection to ${host} broke off`;
    case 'proxy':
      return 'A proxy on the way asks for a login';
    case 'other':
      return `${host} could not be reached${code}`;
  }
}

function where({ method, path, host, status, requestId }: Failure): string {
  const answer = status === undefined ? '' : ` answered ${status}`;
  return `${method} ${path} at ${host}${answer}${requestId ? `, request ${requestId}` : ''}`;
}

function violations({ fieldViolations }: Failure): string {
  return fieldViolations.map(({ field, description }) => `; ${field}: ${description}`).join('');
}

function pause({ retryAfterMs }: Failure): string {
  return retryAfterMs === undefined ? '' : ` of ${Math.ceil(retryAfterMs / 1000)} s`;
}

function changesNothing(kind: FailureKind): boolean {
  return kind === 'rate-limited' || kind === 'server' || kind === 'unreachable' || kind === 'unintelligible';
}
