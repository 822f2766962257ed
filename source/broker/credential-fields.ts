/** What stands in a hidden field. A program that writes it back would put it in the place of the credential. */
export const hiddenValue = '(hidden by castkeys)';

/** Fields that hold credentials, by how Cast AI names them: `token`, `clientSecret`, `castaiApiKey`, `readmeIoJwt`, … */
const credentialField = /(?:token|secret|password|jwt|apikey|accesskey|privatekey)s?$/i;
/** Page tokens lead to the next page of a list, and nowhere else. */
const pageToken = /page_?token$/i;
/** Maps whose every value is one: header name to secret. */
const credentialMap = /^authkeys$/i;

/** An answer without the credentials in its fields; names and everything else stay. */
export function withoutCredentials(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutCredentials);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => {
      if (credentialMap.test(name)) return [name, allHidden(field)];
      if (typeof field === 'string' && field !== '' && isCredential(name)) return [name, hiddenValue];
      return [name, withoutCredentials(field)];
    }),
  );
}

const isCredential = (name: string): boolean => credentialField.test(name) && !pageToken.test(name);

function allHidden(value: unknown): unknown {
  if (typeof value === 'string') return hiddenValue;
  if (Array.isArray(value)) return value.map(allHidden);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, allHidden(field)]));
}
