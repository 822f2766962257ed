import { builtInRegions, originOf } from '../../castai/castai.ts';
import { CastkeysError } from '../../errors.ts';
import { ask, type Flow, select, text } from '../../flow/flow.ts';

/** Where the API is; `practice` is started for each profile, and has its address then. */
export type Region = { readonly region: 'practice' } | { readonly region: string; readonly origin: string };

/** Asked once: the environments of a team are in one region, or are set up one after the other. */
export function* chooseRegion(): Flow<Region> {
  const region = yield* ask(
    select({
      id: 'profile.region',
      message: 'In which region is your organization?',
      help: 'A key works only in the region that issued it. Practice is a pretended Cast AI on this machine.',
      choices: [
        ...builtInRegions.map(({ id, title, origin }) => ({ value: id, title, hint: new URL(origin).host })),
        { value: 'url', title: 'Another address', hint: 'you type the URL' },
        { value: 'practice', title: 'Practice', hint: 'no account needed' },
      ],
      fallback: 'us',
    }),
  );
  if (region === 'practice') return { region };
  if (region !== 'url') return { region, origin: originOf(region) };
  const url = yield* ask(
    text({
      id: 'profile.url',
      message: 'Address of the API',
      placeholder: 'https://api.example.com',
      problem: originProblem,
    }),
  );
  return { region: originOf(url), origin: originOf(url) };
}

function originProblem(typed: string): string | undefined {
  try {
    originOf(typed);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof CastkeysError)
      return `${thrown.message} An address looks like https://api.example.com.`;
    throw thrown;
  }
}
