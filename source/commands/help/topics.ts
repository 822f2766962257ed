import type { Home } from '../../home/home.ts';

/** Makes a topic's text: lines that fit 80 columns, but for paths of this machine. */
export type TopicText = (home: Home) => string;

interface Topic {
  readonly name: string;
  /** What it is about, in the list of topics. */
  readonly summary: string;
  readonly load: () => Promise<{ readonly text: TopicText }>;
}

/** Every topic, in the order help lists them; each loaded only when it is asked for. */
export const topics: readonly Topic[] = [
  { name: 'answers', summary: 'the answers file, and every question', load: () => import('./answers.ts') },
  {
    name: 'consumers',
    summary: 'where else a key is used, and how it gets there',
    load: () => import('./consumers.ts'),
  },
  {
    name: 'environment',
    summary: 'the variables castkeys reads and sets',
    load: () => import('./environment.ts'),
  },
  { name: 'exit-codes', summary: 'what each exit code means', load: () => import('./exit-codes.ts') },
  { name: 'profiles', summary: 'profiles, and which one is used', load: () => import('./profiles.ts') },
  { name: 'regions', summary: 'where the API is', load: () => import('./regions.ts') },
  {
    name: 'security',
    summary: 'what is stored where, and against whom',
    load: () => import('./security.ts'),
  },
];

export const topicNames: readonly string[] = topics.map(({ name }) => name);
