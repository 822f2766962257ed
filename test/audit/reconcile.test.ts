import { describe, expect, it, onTestFinished } from 'vitest';
import { reconcile } from '../../source/audit/audit.ts';
import { castaiClient } from '../../source/castai/castai.ts';
import { startPractice } from '../../source/practice/practice.ts';

const period = () => ({ from: new Date(Date.now() - 60_000), to: new Date(Date.now() + 60_000) });

describe("Cast AI's log beside ours", () => {
  it('tells keys that castkeys made from those that somebody else did', async () => {
    const practice = await startPractice();
    onTestFinished(() => practice.close());
    const { url: origin, keys, organizationId } = practice;
    const client = castaiClient({ origin, secret: keys.personal, organizationId });
    const ours = await client.tokens.create({ name: 'castkeys/dev/reader/1', readonly: true });
    const theirs = await client.tokens.create({ name: 'by hand', readonly: true });
    const feed = await client.auditEvents(period());
    const entry = {
      timestamp: '',
      action: 'key.created',
      userId: 'me@here',
      resource: 'key:dev/reader',
      result: 'success',
      metadata: { keyId: ours.id },
      seq: 7,
      prev: '',
      hash: '',
      mac: null,
    } as const;
    const { keyEvents } = reconcile(feed, [entry], []);
    const about = (name: string) => keyEvents.filter(({ what }) => what.includes(name));
    expect(about('castkeys/dev/reader/1')).toEqual([expect.objectContaining({ ours: 7 })]);
    expect(about('by hand')).toHaveLength(1);
    expect(about('by hand')[0]?.ours).toBeUndefined();
    expect(theirs.id).not.toBe(ours.id);
  });

  it('names the smallest role that would have done', () => {
    const event = (eventType: string, id: string) => ({
      eventType,
      time: '2026-06-01T00:00:00Z',
      initiatedBy: { id },
    });
    const feed = [event('cluster.deleted', 'w'), event('token.created', 'o'), event('cluster.read', 'r')];
    const owners = ['r', 'w', 'o'].map(ownerId => ({ role: ownerId, ownerId }));
    expect(reconcile(feed, [], owners).owners.map(({ smallest }) => smallest)).toEqual([
      'Viewer',
      'Member',
      'Owner',
    ]);
  });
});
