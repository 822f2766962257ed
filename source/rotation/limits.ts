/** Beyond this the clocks disagree too much to revoke anything by the time. ms. */
export const mostSkew = 5 * 60_000;

/** How long a list may lack a key that was just made; how long is unknown, and what shows up later is swept. ms. */
export const listLag = 1500;

/** Attempts after which something else is wrong. */
export const mostAttempts = 50;

/** How long Cast AI may take to show a use; half of a short drain. ms. */
const usesShowWithin = 60_000;
export const lagOfUses = (drain: number): number => Math.min(drain / 2, usesShowWithin);

/** A list may say for a while that a key is active which was just disabled. ms. */
export const stateLag = 60_000;
