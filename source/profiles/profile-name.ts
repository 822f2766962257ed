/** A name that is safe in a file name, a shell and a key's name at Cast AI. */
const shape = /^[a-z0-9][a-z0-9._-]{0,62}$/i;

/** Every object in JavaScript has these already; a profile of that name would be lost when the file is read. */
const taken = ['constructor', 'prototype'];

/** Why a profile can't be called that; undefined when it can. Never repeats what was typed: it may hold control characters. */
export function profileNameProblem(name: string): string | undefined {
  if (name === '') return 'A profile needs a name.';
  if (name.length > 63) return `A profile name has at most 63 characters; this one has ${name.length}.`;
  if (!shape.test(name)) {
    return 'A profile name starts with a letter or digit and has only letters, digits, ".", "_" and "-".';
  }
  if (taken.includes(name)) return 'A profile can have any other name, but not this one.';
  return undefined;
}
