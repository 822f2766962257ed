import type { Judged, ScanResult } from '../../leaks/leaks.ts';

/** The findings as one document. */
export function reportJson({ findings, ignored }: Judged, result: ScanResult, ms: number): string {
  const { objects, bytes, files, skipped, unreadable, hasHistory, isInterrupted } = result;
  const document = {
    findings,
    /** Findings that .castkeys.json silences. */
    ignored: ignored.length,
    scanned: {
      objects,
      bytes,
      ms: Math.round(ms),
      files,
      /** Looked through by an earlier scan. */
      known: skipped,
      ...(unreadable.length > 0 ? { unreadable } : {}),
      history: hasHistory,
      complete: !isInterrupted && unreadable.length === 0,
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
