import {
  altered,
  notification,
  type ProbeRequest,
  type ProbeScheme,
  proofOf,
  swapped,
  withProof,
} from './probe-request.ts';

/** What one request is about, and what should come of it. */
export interface Trial {
  readonly id: TrialId;
  readonly title: string;
  readonly expects: 'taken' | 'refused';
  /** What it means where the endpoint does otherwise. */
  readonly otherwise: string;
  /** Why this scheme leaves it to chance; then nothing is sent. */
  readonly notCovered?: string;
  readonly request: ProbeRequest;
}

export type TrialId =
  | 'genuine'
  | 'no-signature'
  | 'wrong'
  | 'truncated'
  | 'other-secret'
  | 'altered'
  | 'stale'
  | 'future'
  | 'replayed'
  | 'huge'
  | 'genuine-again';

export interface ProbeMaterial {
  readonly scheme: ProbeScheme;
  readonly secret: string;
  /** One that nobody knows. */
  readonly otherSecret: string;
  /** ms since the epoch. */
  readonly now: number;
  /** A new id at each call. */
  readonly newId: () => string;
  /** Bytes of the huge body. */
  readonly hugeBytes: number;
}

/** Far beyond any tolerance. */
const longMs = 24 * 3_600_000;

/** The requests, in the order they are sent. */
export function trialsFor(material: ProbeMaterial): readonly Trial[] {
  const { scheme, secret, otherSecret, now, newId, hugeBytes } = material;
  const send = ({ at = now, key = secret, id = newId(), filler = '' } = {}): ProbeRequest => {
    const body = notification(id, at, filler);
    return { headers: { 'content-type': 'application/json', ...proofOf(scheme, key, id, at, body) }, body };
  };
  const genuine = send();
  const onlyBody =
    scheme.kind === 'hmac' ? 'only the body is signed, so nothing says when and which' : undefined;
  const notSigned =
    scheme.kind === 'token' ? 'the secret in a header says nothing of the body; TLS protects it' : undefined;
  const forged = (trial: Omit<Trial, 'expects'>): Trial => ({ ...trial, expects: 'refused' });
  const uncovered = (why: string | undefined) => (why === undefined ? {} : { notCovered: why });
  return [
    {
      id: 'genuine',
      title: 'a genuine one',
      expects: 'taken',
      otherwise: 'genuine webhooks are lost',
      request: genuine,
    },
    forged({
      id: 'no-signature',
      title: 'one without any proof',
      otherwise: 'anybody can send webhooks',
      request: { headers: { 'content-type': 'application/json' }, body: send().body },
    }),
    forged({
      id: 'wrong',
      title: 'one with a wrong proof',
      otherwise: 'whatever looks like a proof is taken',
      request: withProof(send(), scheme, swapped),
    }),
    forged({
      id: 'truncated',
      title: 'one with a truncated proof',
      otherwise: 'a part of a proof will do, which is guessed sooner',
      request: withProof(send(), scheme, proof => proof.slice(0, Math.ceil(proof.length / 2))),
    }),
    forged({
      id: 'other-secret',
      title: 'one of another secret',
      otherwise: 'the secret does not matter',
      request: send({ key: otherSecret }),
    }),
    forged({
      id: 'altered',
      title: 'one with a space more in the body',
      otherwise: 'what was signed is not what is read: the body is parsed before it is verified',
      ...uncovered(notSigned),
      request: altered(send()),
    }),
    forged({
      id: 'stale',
      title: 'one of yesterday',
      otherwise: 'a webhook that somebody recorded works for ever',
      ...uncovered(onlyBody),
      request: send({ at: now - longMs }),
    }),
    forged({
      id: 'future',
      title: 'one of tomorrow',
      otherwise: 'a webhook can be dated so that it never gets stale',
      ...uncovered(onlyBody),
      request: send({ at: now + longMs }),
    }),
    forged({
      id: 'replayed',
      title: 'the genuine one again',
      otherwise: 'a webhook that somebody recorded works again',
      ...uncovered(onlyBody),
      request: genuine,
    }),
    forged({
      id: 'huge',
      title: `one of ${Math.round(hugeBytes / 1024 / 1024)} MiB`,
      otherwise: 'a few large requests fill its memory',
      request: send({ filler: 'x'.repeat(hugeBytes) }),
    }),
    {
      id: 'genuine-again',
      title: 'another genuine one, after all that',
      expects: 'taken',
      otherwise: 'what was forged has done harm: genuine webhooks are lost since',
      request: send(),
    },
  ];
}
