'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useProject } from '#web/components/frame/project-context.tsx';
import { ConfirmDialog } from '#web/components/ui/dialog.tsx';
import { Section } from '#web/components/ui/page.tsx';
import type { ExperimentRunFragment } from '#web/graphql/generated/graphql.ts';
import { possibleActs } from '#web/features/runs/run-acts.ts';
import { useRunControl } from '#web/features/runs/use-run-control.ts';
import type { Matrix, MatrixBlock } from './cells.ts';
import { ownEvaluation } from './own-evaluation.ts';
import { RunTile, type TileAct } from './run-tile.tsx';

type Run = ExperimentRunFragment;

export interface RunMatrixProps {
  readonly matrix: Matrix<Run>;
  /** Something was asked of a run that other answers do not tell at once. */
  readonly onChange: () => void;
}

/** Variant × seed as tiles, a block a dataset, and the orientation trainings that they share. */
export function RunMatrix({ matrix, onChange }: RunMatrixProps) {
  const project = useProject();
  const router = useRouter();
  const control = useRunControl();
  const [cancelling, setCancelling] = useState<Run | null>(null);
  const hrefOf = (run: Run) => `/projects/${project.id}/runs/${run.id}`;
  const after = async (done: Promise<unknown>) => {
    await done;
    onChange();
  };
  const actsOf = (run: Run): TileAct[] => {
    if (!project.canEdit) return [];
    const can = possibleActs(run);
    const evaluation = ownEvaluation(run.evaluations);
    return [
      can.pause && { name: 'Pause', onSelect: () => void after(control.pause(run.id)) },
      can.resume && { name: 'Resume', onSelect: () => void after(control.resume(run.id)) },
      can.goOn && { name: 'Continue from the last checkpoint', onSelect: () => void after(control.goOn(run.id)) },
      can.retry && { name: 'Retry from the beginning', onSelect: () => void after(control.retry(run.id)) },
      evaluation && { name: 'Open the evaluation', onSelect: () => router.push(`/projects/${project.id}/evaluations/${evaluation.id}`) },
      can.cancel && { name: 'Cancel …', onSelect: () => setCancelling(run) },
    ].filter((act) => typeof act === 'object' && act !== null);
  };
  const tile = (run: Run, earlier: number) => <RunTile run={run} earlier={earlier} href={hrefOf(run)} acts={actsOf(run)} />;

  return (
    <>
      {matrix.blocks.map((block) => (
        <Section
          key={block.version.id}
          title={
            <>
              {block.version.dataset.name} <span className="font-normal text-ink-3">version {block.version.number}</span>
            </>
          }
        >
          <Block block={block} seeds={matrix.seeds} tile={tile} />
        </Section>
      ))}
      {matrix.orientations.length > 0 ? (
        <Section title="Orientation trainings that runs share">
          <ul className="grid grid-cols-[repeat(auto-fill,minmax(15rem,1fr))] gap-2">
            {matrix.orientations.map((run) => (
              <li key={run.id} className="min-w-0">
                <p className="mb-0.5 truncate text-xs text-ink-3">
                  {run.datasetVersion.dataset.name}, seed {run.seed}
                </p>
                {tile(run, 0)}
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <ConfirmDialog
        open={cancelling !== null}
        onOpenChange={(open) => (open ? undefined : setCancelling(null))}
        title="Cancel this run?"
        description={
          cancelling
            ? `${cancelling.variant.name}, seed ${cancelling.seed}, stops at epoch ${cancelling.epoch} of ${cancelling.epochs}; the others go on. To take it up later, pause it instead.`
            : ''
        }
        action="Cancel run"
        onConfirm={() => {
          if (cancelling) void after(control.cancel(cancelling.id));
          setCancelling(null);
        }}
      />
    </>
  );
}

interface BlockProps {
  readonly block: MatrixBlock<Run>;
  readonly seeds: readonly number[];
  readonly tile: (run: Run, earlier: number) => React.ReactNode;
}

function Block({ block, seeds, tile }: BlockProps) {
  return (
    <div role="region" aria-label={`Runs on ${block.version.dataset.name}`} tabIndex={0} className="relative overflow-x-auto">
      <table className="border-separate border-spacing-1.5 text-xs">
        <thead>
          <tr>
            <th scope="col" className="pr-2 text-left font-medium text-ink-3">
              Variant
            </th>
            {seeds.map((seed) => (
              <th key={seed} scope="col" className="text-left font-medium text-ink-3">
                seed {seed}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row) => (
            <tr key={row.key}>
              <th scope="row" className="max-w-48 min-w-24 pr-2 text-left font-medium break-words max-md:max-w-28">
                {row.variant.name}
              </th>
              {seeds.map((seed) => {
                const cell = row.bySeed.get(seed);
                return <td key={seed}>{cell ? tile(cell.run, cell.earlier) : null}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
