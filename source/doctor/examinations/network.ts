import type { Knock } from '../../castai/castai.ts';
import type { Address, Examination, Finding, Machine } from '../examination.ts';
import { proxyOf } from '../proxy.ts';

/** The line of one address: something is asked there without a key. */
export function network(address: Address): Examination {
  return {
    id: `network-${address.name}`,
    title: `Network: ${address.name}`,
    async measure(machine) {
      const found = await machine.knock(address.origin);
      return found.answered ? reached(machine, address, found) : notReached(machine, address, found);
    },
  };
}

type Answered = Extract<Knock, { readonly answered: true }>;
type Unanswered = Extract<Knock, { readonly answered: false }>;

function reached({ env }: Machine, { origin, profiles }: Address, { status, ms }: Answered): Finding {
  const { host, protocol } = new URL(origin);
  const through = proxyOf(env, origin)?.isUsed ? ' through the proxy' : '';
  const evidence = `${host} answered ${status} in ${ms} ms${through}${usedBy(profiles)}`;
  if (protocol === 'https:' && env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
    return {
      state: 'fail',
      evidence: `${evidence}; but anybody could have: NODE_TLS_REJECT_UNAUTHORIZED=0 switches certificates off`,
      fix: 'unset NODE_TLS_REJECT_UNAUTHORIZED; a CA of your own goes into NODE_EXTRA_CA_CERTS',
    };
  }
  if (status === 200) return { state: 'pass', evidence };
  return {
    state: 'warn',
    evidence: `${evidence}, where Cast AI answers 200: perhaps a proxy or a login page spoke`,
    fix:
      status >= 500 ? 'look at https://status.cast.ai' : `open ${origin}/v1/spec/openapi.json in a browser`,
  };
}

async function notReached(
  machine: Machine,
  address: Address,
  { trouble, words }: Unanswered,
): Promise<Finding> {
  if (address.practice && trouble === 'refused') {
    return { state: 'skip', evidence: 'the practice server rests; what needs it starts it' };
  }
  const proxy = proxyOf(machine.env, address.origin);
  const unused = proxy && !proxy.isUsed;
  const hint = unused
    ? `; ${proxy.variable} is set, and Node leaves it alone without NODE_USE_ENV_PROXY=1`
    : '';
  return {
    state: (await isDispensable(machine, address)) ? 'warn' : 'fail',
    evidence: `${trouble}: ${words}${hint}${usedBy(address.profiles)}`,
    fix: unused ? 'NODE_USE_ENV_PROXY=1 castkeys doctor' : fixes[trouble],
  };
}

const fixes: Readonly<Record<Unanswered['trouble'], string>> = {
  dns: 'look at the network, the VPN and /etc/resolv.conf',
  refused: 'look at firewall and VPN, or at the address: castkeys profiles show NAME',
  'no-route': 'look at the network and the VPN',
  tls: 'where a company proxy signs: NODE_EXTRA_CA_CERTS=/path/to/its-ca.pem; else look at the clock',
  timeout: 'look at network, firewall and VPN; behind a proxy set HTTPS_PROXY and NODE_USE_ENV_PROXY=1',
  dropped: 'look at firewall and proxy; then run it again',
  proxy: 'put the login into HTTPS_PROXY: http://USER:PASSWORD@HOST:PORT',
  other: 'look at the network; then run it again',
  garbled: 'look at the address: castkeys profiles show NAME',
};

/** Nobody keeps a key there, and another region answers. */
async function isDispensable({ addresses, knock }: Machine, { profiles }: Address): Promise<boolean> {
  if (profiles.length > 0) return false;
  const knocks = await Promise.all(addresses.map(({ origin }) => knock(origin)));
  return knocks.some(({ answered }) => answered);
}

function usedBy(profiles: readonly string[]): string {
  return profiles.length === 0 ? '' : ` (${profiles.join(', ')})`;
}
