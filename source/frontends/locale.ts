/** Whether a terminal of this environment shows signs beyond ASCII: where the locale says UTF-8; macOS, and Windows terminals that can, always. */
export function speaksUtf8(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): boolean {
  if (platform === 'win32') return Boolean(env['WT_SESSION']) || env['TERM_PROGRAM'] === 'vscode';
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  if (platform === 'darwin' && locale === '') return true;
  return /utf-?8/i.test(locale);
}

/** How a sign is written where there is only ASCII. */
export const spelled: Readonly<Record<string, string>> = {
  '•': '*',
  '…': '...',
  '·': '-',
  '–': '-',
  '—': '-',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '›': '>',
  '→': '->',
  '\u00a0': ' ',
};
