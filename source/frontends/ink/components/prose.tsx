import { Text, Transform } from 'ink';
import type { ReactNode } from 'react';

// A line may begin with styles; the blank comes after them.
const leadingBlank = /^((?:\x1b\[[\d;]*m)*) /;

/** Text that is wrapped at words. Ink leaves the blank at which it wraps at the start of the new line; this drops it. */
export function Prose({ children }: { readonly children: ReactNode }) {
  return (
    <Transform transform={(line, index) => (index === 0 ? line : line.replace(leadingBlank, '$1'))}>
      <Text>{children}</Text>
    </Transform>
  );
}
