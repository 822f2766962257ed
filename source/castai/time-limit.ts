/** Why a limit is over, and how long it was. */
export interface Over {
  readonly why: 'cancelled' | 'timeout';
  readonly ms: number;
}

export interface TimeLimit {
  /** Fires when the limit is over. */
  readonly signal: AbortSignal;
  over(): Over | undefined;
  /** Lets go of the timer and of the outer signal. */
  end(): void;
}

/**
 * A limit that is over after `ms` (zero or less: at once), or when `outer` fires. Not AbortSignal.any with
 * AbortSignal.timeout: neither can be let go of, so a long-lived outer signal would collect one of them per request.
 */
export function timeLimit(ms: number, outer: AbortSignal | undefined): TimeLimit {
  const controller = new AbortController();
  let over: Over | undefined;
  const stop = (why: Over['why']): void => {
    over ??= { why, ms };
    controller.abort();
  };
  const cancel = (): void => stop('cancelled');
  if (outer?.aborted) cancel();
  if (ms <= 0) stop('timeout');
  const timer = setTimeout(stop, Math.max(ms, 0), 'timeout');
  outer?.addEventListener('abort', cancel, { once: true });
  return {
    signal: controller.signal,
    over: () => over,
    end: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', cancel);
    },
  };
}
