import type { Examination, Finding, Screen } from '../examination.ts';

export const terminal: Examination = {
  id: 'terminal',
  title: 'Terminal',
  measure({ screen, env }) {
    const evidence = `${streams(screen)}${size(screen)}; TERM=${env['TERM'] ?? ''}`;
    return { ...judge(screen), evidence: `${evidence}; ${asks[screen.wizard.kind]}${why(screen)}` };
  },
};

const asks = {
  'full-screen': 'wizards use the full screen',
  linear: 'wizards ask line by line',
  nobody: 'wizards need --answers FILE',
} as const;

function judge({ wizard }: Screen): Omit<Finding, 'evidence'> {
  switch (wizard.kind) {
    case 'full-screen':
      return { state: 'pass' };
    case 'linear':
      return { state: 'warn', fix: 'a larger window, or TERM=xterm-256color where the terminal is one' };
    case 'nobody':
      return { state: 'skip' };
  }
}

function streams({ stdin, stdout, stderr }: Screen): string {
  const all = { stdin, stdout, stderr };
  const names = Object.keys(all);
  const terminals = Object.entries(all).flatMap(([name, isTerminal]) => (isTerminal ? [name] : []));
  if (terminals.length === names.length) return 'stdin, stdout and stderr are a terminal';
  return terminals.length === 0 ? 'no terminal' : `only ${terminals.join(' and ')}: a terminal`;
}

function size({ columns, rows }: Screen): string {
  return columns && rows ? `, ${columns}x${rows}` : '';
}

function why({ wizard }: Screen): string {
  return wizard.why === undefined ? '' : `: ${wizard.why}`;
}
