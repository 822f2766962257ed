import { useAnimation } from 'ink';
import type { Line } from '../../../flow/flow.ts';
import { useAppearance } from '../appearance.ts';
import { elapsed } from '../elapsed.ts';
import { Marked } from './marked.tsx';
import { Prose } from './prose.tsx';
import { Spinner } from './spinner.tsx';
import { Words } from './words.tsx';

type Step = Extract<Line, { kind: 'step' }>;

/** An act: running, done, failed or taken back. */
export function StepLine({ step }: { readonly step: Step }) {
  const { symbols } = useAppearance();
  switch (step.state) {
    case 'running':
      return <RunningStep step={step} />;
    case 'done':
      return (
        <Marked mark={<Words as="success">{symbols.success}</Words>}>
          <Prose>
            <Words>{step.title}</Words>
            <Aside texts={[step.detail, tookFor(step)]} />
          </Prose>
        </Marked>
      );
    case 'failed':
      return (
        <Marked mark={<Words as="danger">{symbols.danger}</Words>}>
          <Words>{step.title}</Words>
          <Prose>
            <Words as="danger">{step.detail ?? ''}</Words>
          </Prose>
        </Marked>
      );
    case 'undone':
      return (
        <Marked mark={<Words as="warning">{symbols.undone}</Words>}>
          <Prose>
            <Words as="quiet">{step.title}</Words>
            <Aside texts={[step.detail || 'taken back']} />
          </Prose>
        </Marked>
      );
  }
}

function RunningStep({ step }: { readonly step: Step }) {
  const { time } = useAnimation({ interval: 100 });
  return (
    <Marked mark={<Spinner />}>
      <Prose>
        <Words>{step.title}</Words>
        <Aside texts={[step.detail, elapsed(time)]} />
      </Prose>
    </Marked>
  );
}

/** What is said in passing, behind what it belongs to. */
function Aside({ texts }: { readonly texts: readonly (string | undefined)[] }) {
  const { symbols } = useAppearance();
  const said = texts.filter(text => text).join(` ${symbols.between} `);
  return said === '' ? null : <Words as="quiet">{`  ${said}`}</Words>;
}

function tookFor({ startedAt, endedAt }: Step): string | undefined {
  return endedAt === undefined ? undefined : elapsed(endedAt - startedAt);
}
