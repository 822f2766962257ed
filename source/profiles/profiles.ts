/** Profiles and credentials: the model, the policy, the registry, and which profile a command is about. */
export { adminIdOf, adminKey } from './admin-credential.ts';
export { type ChosenProfile, chooseProfile, findProfile } from './choose-profile.ts';
export {
  type Config,
  type Credential,
  type OrganizationRef,
  type Profile,
  type RetiredKey,
  type Role,
  roles,
} from './config.ts';
export { days, expiresSoon, type KeyAge, keyAge } from './key-age.ts';
export {
  agreedPins,
  agreeTo,
  findPin,
  ignoreKey,
  isAgreedTo,
  type Pin,
  writePin,
} from './pin.ts';
export {
  type Environment,
  environments,
  overridden as policyWith,
  type Policy,
  parseDays,
  parseScopes,
  type RepositoryPolicy,
  recommendedPolicy,
  type Scope,
} from './policy.ts';
export { policyInForce } from './policy-in-force.ts';
export { profileNameProblem } from './profile-name.ts';
export { configFile, configStamp, readConfig, updateConfig } from './registry.ts';
export { usualWebhookHeader, type WebhookSettings } from './webhook-settings.ts';
