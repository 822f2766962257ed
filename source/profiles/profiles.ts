/** Profiles and credentials: the model, the policy, the registry, and which profile a command is about. */
export { type ChosenProfile, chooseProfile, findProfile } from './choose-profile.ts';
export {
  type Config,
  type Credential,
  type OrganizationRef,
  type Profile,
  type Role,
  roles,
} from './config.ts';
export { writePin } from './pin.ts';
export {
  type Environment,
  environments,
  type Policy,
  parseScopes,
  recommendedPolicy,
} from './policy.ts';
export { profileNameProblem } from './profile-name.ts';
export { readConfig, updateConfig } from './registry.ts';
