/** How many colours to use: 0 none, 1 the sixteen of the terminal's own theme, 2 two hundred and fifty-six, 3 all of them. */
export type ColourLevel = 0 | 1 | 2 | 3;

type Environment = Readonly<Record<string, string | undefined>>;

const forced: Readonly<Record<string, ColourLevel>> = { false: 0, '0': 0, '1': 1, '2': 2, '3': 3 };

/**
 * The level for the stream the screen is drawn on, which is standard error: that standard output is piped says nothing
 * of it. FORCE_COLOR comes first, then NO_COLOR (https://no-color.org: set and not empty), TERM=dumb and what the
 * terminal says of itself.
 */
export function colourLevel(options: {
  readonly env: Environment;
  readonly stream: { readonly isTTY?: boolean | undefined };
}): ColourLevel {
  const { env, stream } = options;
  const force = env['FORCE_COLOR'];
  if (force !== undefined) return forced[force] ?? (ownLevel(env) || 1);
  if (env['NO_COLOR'] || !stream.isTTY) return 0;
  return ownLevel(env);
}

function ownLevel(env: Environment): ColourLevel {
  const term = env['TERM'] ?? '';
  if (term === 'dumb') return 0;
  if (/^(truecolor|24bit)$/.test(env['COLORTERM'] ?? '') || env['WT_SESSION']) return 3;
  if (/direct|kitty|ghostty|wezterm|alacritty/.test(term)) return 3;
  if (/256/.test(term)) return 2;
  return 1;
}

/**
 * Loads a module with the level decided on. chalk, inside Ink, reads FORCE_COLOR once, when it is imported, and by
 * itself looks at standard output and never at NO_COLOR. The variable is put back, so that no child inherits it.
 */
export async function withColour<T>(
  level: ColourLevel,
  load: () => Promise<T>,
  env: NodeJS.ProcessEnv = process.env,
): Promise<T> {
  const before = env['FORCE_COLOR'];
  env['FORCE_COLOR'] = String(level);
  try {
    return await load();
  } finally {
    if (before === undefined) delete env['FORCE_COLOR'];
    else env['FORCE_COLOR'] = before;
  }
}
