import type { FlowEvent } from '../../flow/flow.ts';

/** An event as one JSON object: what a script may rely on, and nothing that can't be printed. */
export function eventJson(event: FlowEvent): Readonly<Record<string, unknown>> {
  switch (event.type) {
    case 'asked': {
      const { id, kind, message, help } = event.question;
      const choices = 'choices' in event.question ? { choices: event.question.choices } : {};
      return { type: event.type, question: { id, kind, message, ...(help ? { help } : {}), ...choices } };
    }
    case 'step-failed':
    case 'undo-failed':
      return { type: event.type, id: event.id, error: errorJson(event.error) };
    case 'finished': {
      const { told, ...rest } = event;
      return { ...rest, ...(rest.outcome === 'failed' ? { error: errorJson(rest.error) } : {}), ...told };
    }
    default:
      return event;
  }
}

/** An error as `--json` prints it. */
export function errorJson(error: Error): Readonly<Record<string, string>> {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'failed';
  const next = 'next' in error && typeof error.next === 'string' ? { next: error.next } : {};
  return { code, message: error.message, ...next };
}

const checkSymbols = { pass: '✓', warn: '!', fail: '✗', unknown: '?', skip: '-', measuring: '…' } as const;

/** An event in a line of plain words, or undefined for one that needs none. */
export function eventWords(event: FlowEvent): string | undefined {
  switch (event.type) {
    case 'started':
      return event.title;
    case 'answered':
      return `  ${event.message} ${event.shown}`;
    case 'noted':
      return `  ${event.text}`;
    case 'step-started':
      return `… ${event.title}`;
    case 'step-done':
      return event.summary ? `✓ ${event.summary}` : '✓ done';
    case 'step-failed':
      return `✗ ${event.error.message}`;
    case 'step-undone':
      return `↩ taken back: ${event.id}`;
    case 'undo-failed':
      return `✗ could not be taken back: ${event.id}: ${event.error.message}`;
    case 'check':
      // What isn't known yet is no news.
      return event.check.state === 'measuring' || event.check.state === 'unknown'
        ? undefined
        : `  ${checkSymbols[event.check.state]} ${event.check.title}: ${event.check.evidence}`;
    default:
      return undefined;
  }
}
