import {
  type Answer,
  forbidden,
  htmlPage,
  notFound,
  serverError,
  tooManyRequests,
  unauthorized,
} from './answer.ts';
import type { Behaviour, Failure } from './behaviour.ts';

/** The answer a failure gives instead of the route's; undefined where the route is played all the same. */
export function insteadOf(failure: Failure, behaviour: Behaviour): Answer | undefined {
  switch (failure.kind) {
    case 'unauthorized':
      return unauthorized(behaviour.unauthorizedAs);
    case 'forbidden':
      return forbidden();
    case 'notFound':
      return notFound();
    case 'rateLimited':
      return tooManyRequests(failure.retryAfterSeconds);
    case 'serverError':
      return serverError();
    case 'html200':
      return htmlPage();
    case 'slow':
    case 'dropBefore':
    case 'dropAfter':
    case 'truncated':
      return undefined;
  }
}

/** A complete message whose body stops half-way. */
export function truncated(answer: Answer): Answer {
  return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) };
}
