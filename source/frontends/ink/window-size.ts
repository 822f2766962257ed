import { createContext, use } from 'react';

/** Columns and rows of the window. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export const WindowSizeContext = createContext<Size>({ columns: 80, rows: 24 });

/** The size of the window. Ink has such a hook, but draws a frame of the old size before the hook knows. */
export function useWindow(): Size {
  return use(WindowSizeContext);
}
