/** Something long that happens in phases: how far it is, what it is about, what it waits for. Never holds a secret. */
export interface Timeline {
  readonly phases: readonly TimelinePhase[];
  /** Things compared, side by side: the same labels in each. */
  readonly columns: readonly TimelineColumn[];
  /** What nothing is done without. */
  readonly waiting?: {
    readonly words: string;
    /** ISO 8601 UTC; until then at least. */
    readonly until?: string;
  };
  /** What ending now would leave behind. */
  readonly leaves: string;
}

export interface TimelinePhase {
  readonly id: string;
  readonly title: string;
  readonly state: 'done' | 'now' | 'waiting' | 'ahead' | 'failed';
  /** In a few words: how it is known, or what is missing. */
  readonly detail?: string;
}

export interface TimelineColumn {
  readonly title: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
}
