/** Why the broker does not pass something on. `unreachable` and `unintelligible` are the API's doing, the rest is the broker's. */
export type RefusalCode =
  | 'token'
  | 'host'
  | 'malformed'
  | 'method'
  | 'override'
  | 'scope'
  | 'cluster'
  | 'organization'
  | 'administration'
  | 'credentials'
  | 'masked-value'
  | 'key-gone'
  | 'unreachable'
  | 'unintelligible';

/** What the program behind the broker is told instead of an answer of the API. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly status: number;
  /** What was refused and why, in a sentence or two. */
  readonly why: string;
  readonly next: string;
}

export const malformed = (what: string): Refusal => ({
  code: 'malformed',
  status: 400,
  why: `${what}. Nothing was sent to Cast AI.`,
  next: 'write the request as HTTP clients do: a plain path, one length, one host',
});

export const forbidden = (code: RefusalCode, why: string, next: string): Refusal => ({
  code,
  status: 403,
  why: `${why} Nothing was sent to Cast AI.`,
  next,
});

/** The body of a refusal: Cast AI's own error envelope (section 7 of the API facts), so that its clients print the reason. */
export function refusalBody({ code, why, next }: Refusal): string {
  return `${JSON.stringify({
    message: `castkeys: ${why} (next: ${next})`,
    fieldViolations: [],
    castkeys: { refused: code, next },
  })}\n`;
}
