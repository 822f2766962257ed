import * as v from 'valibot';
import { type Answer, notFound, ok, Refusal } from '../answer.ts';
import { behaviourChangeSchema } from '../behaviour.ts';
import { parseBody } from '../body.ts';
import type { PracticeControl } from '../control.ts';
import type { Route } from '../route.ts';

const keySchema = v.object({ active: v.boolean() });
const notificationSchema = v.object({
  severity: v.exactOptional(v.string()),
  name: v.exactOptional(v.string()),
  message: v.exactOptional(v.string()),
  details: v.exactOptional(v.unknown()),
});

/** No part of Cast AI's API: the switches, for whoever plays disasters by hand. No key needed; no value is ever told. */
export function practiceControlRoutes(control: PracticeControl): readonly Route[] {
  const overview = (): Answer => ok(control.overview());
  const readBehaviour = (): Answer => ok(control.behaviour);
  return [
    { method: 'GET', path: '/practice', needs: 'nothing', handle: overview },
    { method: 'GET', path: '/practice/behaviour', needs: 'nothing', handle: readBehaviour },
    {
      method: 'POST',
      path: '/practice/behaviour',
      needs: 'nothing',
      handle: ({ body }) => {
        control.behave(parseBody(behaviourChangeSchema, body));
        return readBehaviour();
      },
    },
    {
      method: 'POST',
      path: '/practice/keys/{keyId}',
      needs: 'nothing',
      handle: async ({ body, params }) => {
        const { active } = parseBody(keySchema, body);
        const key = control.overview().keys.find(one => one.id === params['keyId']);
        if (key === undefined) throw new Refusal(notFound());
        await (active ? control.enable(key.id) : control.disable(key.id));
        return ok({ ...key, active });
      },
    },
    {
      method: 'POST',
      path: '/practice/webhooks/{webhookId}/deliver',
      needs: 'nothing',
      handle: async ({ body, params }) => {
        const notification = parseBody(notificationSchema, body);
        const webhook = control.overview().webhooks.find(one => one.id === params['webhookId']);
        if (webhook === undefined) throw new Refusal(notFound());
        return ok(await control.deliver(webhook.id, notification));
      },
    },
  ];
}
