/** Builds dist/: a tiny CommonJS entry that every Node can parse, and the program as split ES modules. */
import { rm } from 'node:fs/promises';
import { build } from 'esbuild';
