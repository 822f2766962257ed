/** The ways of writing a key that are seen through. */
export const encodings = [
  'plain',
  'utf-16',
  'base64',
  'hex',
  'url',
  'json',
  'escaped',
  'wrapped',
  'gzip',
] as const;
