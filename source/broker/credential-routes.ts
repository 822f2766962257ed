import { nameIn, type Target } from './target.ts';

/**
 * Where Cast AI answers with credentials. The routes are those of its OpenAPI document and of the SDK made from it; they are
 * told by their words, so that a new version of a route or another place of it is still one.
 */
export type CredentialRoute =
  | { readonly kind: 'none' }
  /** What comes back is a credential: a token, or a script or manifest with one inside. */
  | { readonly kind: 'refused'; readonly what: string }
  /** What comes back holds one in some field. */
  | { readonly kind: 'masked' };

/** `credentials-script`, `…:onboardScript`, `connect-and-enable-castai-cmd`, `onboarding-command`, `…/script`. */
const scriptWords = /(?:script|cmd|command)$/;
const manifests = /(?:^agent\.ya?ml|\.sh)$/;

const maskedWords: ReadonlySet<string> = new Set([
  'me',
  'webhook-configurations',
  'sso-connections',
  'model-registries',
  'hosted-models',
  'api-keys',
  'api-key-settings',
  'tokens',
  'keys',
]);

export function credentialRouteOf(method: string, { segments }: Target): CredentialRoute {
  const last = segments.at(-1) ?? '';
  const isScript =
    scriptWords.test(last) || segments.includes('scripts') || segments.includes('setup-scripts');
  if (manifests.test(last) || isScript) {
    return { kind: 'refused', what: 'a script or manifest with a credential inside' };
  }
  if (last === 'token') return { kind: 'refused', what: 'a cluster token' };
  const issues = last === 'tokens' || last === 'api-keys' || (last === 'keys' && isServiceAccount(segments));
  if (method === 'POST' && issues) return { kind: 'refused', what: 'a new key' };
  return segments.some(segment => maskedWords.has(nameIn(segment))) ? { kind: 'masked' } : { kind: 'none' };
}

const isServiceAccount = (segments: readonly string[]): boolean => segments.includes('service-accounts');
