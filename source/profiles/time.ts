import * as v from 'valibot';

/** ISO 8601. What can't be read as a time would make a key of any age look young. */
export const timeSchema = v.pipe(
  v.string(),
  v.check(text => !Number.isNaN(Date.parse(text)), 'Expected a time'),
);
