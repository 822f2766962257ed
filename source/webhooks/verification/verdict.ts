/** Why a webhook was refused. For logs: whoever sent it learns nothing but that it was. */
export const refusals = {
  'no-secret': 'no secret is configured: is the variable set?',
  'no-signature': 'the header that proves it is missing',
  'wrong-signature': 'the signature is not one of our secrets over this body',
  'wrong-token': 'the header does not hold one of our secrets',
  'no-timestamp': 'when it was sent is missing or no time',
  stale: 'it is older than is accepted',
  'from-the-future': 'it claims to be sent later than now; is a clock wrong?',
  'no-id': 'what tells it from others is missing',
  replayed: 'it was taken before',
  'memory-full': 'no further webhook can be remembered, and a replay would not be noticed',
  'memory-failed': 'the replay memory gave no answer, and a replay would not be noticed',
  'too-large': 'its body is larger than is accepted',
  'body-unavailable': 'its body is gone: a parser consumed it, or the sender broke off',
} as const;

export type Refusal = keyof typeof refusals;

/** What is to be thought of a webhook. */
export type Verdict = Verified | Refused;

export interface Verified {
  readonly verified: true;
  /** What was verified, and nothing else: parse this, not what a framework parsed. */
  readonly body: Buffer;
  /** Its id, where the scheme has one; the same when it is sent again. */
  readonly id?: string;
  readonly sentAt?: Date;
  /** Which of the secrets, counted from 0: not the first one is a sender that still uses the old one. */
  readonly secretIndex: number;
  /** Gives its place in the replay memory up, where it could not be handled: the sender may try again. */
  readonly release: () => Promise<void>;
}

export interface Refused {
  readonly verified: false;
  readonly reason: Refusal;
  /** The reason in words, for a log. */
  readonly explanation: string;
}

export const refused = (reason: Refusal): Refused => ({
  verified: false,
  reason,
  explanation: refusals[reason],
});
