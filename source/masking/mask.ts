const anyLength = Buffer.from('********');

/** What stands in a secret's place: as long as it, or of a length that says nothing. */
export const maskOf = (length: number, keepsLength: boolean): Buffer =>
  keepsLength ? Buffer.alloc(length, '*') : anyLength;
