import * as v from 'valibot';

/**
 * How the practice server behaves where the real API is unknown, slow or broken. Everything can be
 * switched at run time, in process by `control.behave()` or over HTTP by `POST /practice/behaviour`.
 */

const ms = v.pipe(v.number(), v.finite(), v.minValue(0));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Which requests a failure hits: all, or those of a method and a path pattern as in the route tables. */
const target = {
  method: v.exactOptional(v.string()),
  /** `{x}` stands for one segment, a last segment `*` for the rest: `/v1/auth/tokens/{id}`, `/v1/*`. */
  path: v.exactOptional(v.string()),
  /** Matching requests let through before the first failure. */
  skip: v.exactOptional(count),
  /** How many requests fail; absent: every one until switched off. */
  times: v.exactOptional(count),
};

const failureSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('slow'), ms, ...target }),
  v.strictObject({ kind: v.literal('rateLimited'), retryAfterSeconds: v.optional(count, 1), ...target }),
  v.strictObject({
    kind: v.picklist([
      'unauthorized',
      'forbidden',
      'notFound',
      'serverError',
      /** A page of HTML with status 200, as a captive portal or a proxy answers. Nothing is changed. */
      'html200',
      /** The connection is cut before anything is changed. */
      'dropBefore',
      /** The change is made, then the connection is cut without an answer. */
      'dropAfter',
      /** The change is made; the answer is a complete HTTP message whose JSON stops half-way. */
      'truncated',
    ]),
    ...target,
  }),
]);

const behaviourSchema = v.strictObject({
  unauthorizedAs: v.picklist(['json', 'html', 'text']),
  /** Whether `Authorization: Bearer <key>` is as good as `X-API-Key`. */
  acceptBearer: v.boolean(),
  /** What goes wrong, in order. Setting it replaces the list; `[]` heals everything. */
  failures: v.array(failureSchema),
  /** A new key answers 401 for this long. */
  newKeyVisibleAfterMs: ms,
  /** A new key is missing from lists for this long. */
  listLagMs: ms,
  disabledEffectiveAfterMs: ms,
  deletedEffectiveAfterMs: ms,
  /** A role binding is ACCEPTED, and grants nothing, for this long; then CREATED. */
  bindingCreatedAfterMs: ms,
  /** New role bindings end as FAILED instead of CREATED. */
  bindingFails: v.boolean(),
  /** The largest page; also the size where no `page.limit` is asked for, if smaller than 50. */
  pageCap: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Whether a key may disable or delete itself; 403 if not. */
  allowSelfDelete: v.boolean(),
  /** Names are unique among a person's active keys; 400 if not. */
  uniqueNames: v.boolean(),
  /** Answer to a deleted service account or service-account key: 204 without a body, or 200 with `{}`. */
  deleteStatus: v.picklist([200, 204]),
  /** What `/v1/me` says to a service account: name and e-mail, its id alone, or `{}`. */
  serviceAccountMe: v.picklist(['full', 'sparse', 'empty']),
  /** Whether `/v1/me` answers a key that has no rights yet: 403 or 200. */
  meWithoutRights: v.picklist(['forbidden', 'allowed']),
  personalPrefixLength: count,
  serviceAccountPrefixLength: count,
  /** Whether the audit log shows the life of keys, or calls and everything else only. */
  auditShowsKeys: v.boolean(),
  /** Whether the header secrets of a webhook are masked when it is read. */
  maskAuthKeys: v.boolean(),
});

/** Reads a change of behaviour. Unknown names are refused: a typo would heal nothing. */
export const behaviourChangeSchema = v.partial(behaviourSchema);

export type Failure = Readonly<v.InferOutput<typeof failureSchema>>;
export type Behaviour = Readonly<v.InferOutput<typeof behaviourSchema>>;
/** Any of the switches; what is left out stays as it is. */
export type BehaviourChange = Readonly<v.InferInput<typeof behaviourChangeSchema>>;

/** The unknowns of section 13 of the API facts, each at its likeliest. */
export const usualBehaviour: Behaviour = {
  unauthorizedAs: 'json',
  acceptBearer: false,
  failures: [],
  newKeyVisibleAfterMs: 0,
  listLagMs: 0,
  disabledEffectiveAfterMs: 0,
  deletedEffectiveAfterMs: 0,
  bindingCreatedAfterMs: 250,
  bindingFails: false,
  pageCap: 500,
  allowSelfDelete: true,
  uniqueNames: true,
  deleteStatus: 204,
  serviceAccountMe: 'full',
  meWithoutRights: 'forbidden',
  personalPrefixLength: 3,
  serviceAccountPrefixLength: 4,
  auditShowsKeys: true,
  maskAuthKeys: false,
};
