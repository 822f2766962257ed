import { CastkeysError } from '../errors.ts';
import type { Secret } from '../keychain/secret.ts';
import type { Consumer } from './consumers.ts';
import type { ConsumerDeclaration } from './declarations.ts';
import type { Surroundings } from './open-consumer.ts';
import { runProgram } from './run-program.ts';

interface Place extends Surroundings {
  readonly directory: string;
  readonly file: string;
}

/** A place that a program of the repository's own delivers to: the key comes on its standard input, and nowhere else. */
export function commandConsumer(declaration: ConsumerDeclaration, place: Place): Consumer {
  const { name, deliver, prove, preflight, timeout } = declaration;
  const run = async (what: string, words: readonly string[], secret?: Secret): Promise<string> => {
    const [program = '', ...args] = words;
    const outcome = await runProgram({
      program,
      args,
      cwd: place.directory,
      env: {
        ...withoutPassphrases(place.env),
        CASTKEYS_PROFILE: place.profile,
        CASTKEYS_ROLE: declaration.role,
        CASTAI_API_URL: place.origin,
      },
      timeoutMs: timeout * 1000,
      ...(secret ? { secret } : {}),
      ...(place.signal ? { signal: place.signal } : {}),
    });
    if (outcome.type === 'ended' && outcome.code === 0) return `${program} ended with 0`;
    throw failed(name, what, outcome.type === 'ended' ? saidAt(outcome.code, outcome.said) : outcome.reason);
  };
  return {
    id: `${place.file}#${name}`,
    title: name,
    preflight: async () => (preflight ? run('look whether it can be delivered to', preflight) : 'not asked'),
    deliver: async secret => void (await run('deliver the key', deliver, secret)),
    prove: async secret =>
      prove
        ? run('prove that the key arrived', prove, secret)
        : 'delivered; nothing is declared that proves it',
  };
}

/** Of castkeys' own, and whatever variable has been left with a key of ours is the caller's to take out. */
const withoutPassphrases = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('CASTKEYS_PASSPHRASE')));

const saidAt = (code: number, said: string): string =>
  `it ended with ${code}${said === '' ? '' : `: ${said}`}`;

function failed(name: string, what: string, why: string): CastkeysError {
  return new CastkeysError(
    'consumer-failed',
    `The consumer ${name} could not ${what}: ${why}. Both keys work on; nothing is revoked before it has the new one.`,
    'mend it, then castkeys rotate --resume; or castkeys rotate --rollback',
  );
}
