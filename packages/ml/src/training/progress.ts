import { join } from 'node:path';
import { Random } from '../random/index.ts';
import { trainingOf } from '../recipes/index.ts';
import { lossOf, saveCheckpoint, writeHistory, writeManifest, type Checkpoint, type EpochRecord, type RunManifest } from '../run/index.ts';
import { refuseDivergence } from './divergence.ts';
import type { TrainingEvent } from './events.ts';
import type { Trainee } from './trainee.ts';

/** How far a training is, and the only place that writes its folder. */
export class TrainingProgress {
  readonly #out: string;
  readonly #onEvent: (event: TrainingEvent) => void;
  #manifest: RunManifest;
  #history: readonly EpochRecord[];
  #best: Checkpoint['best'];
  /** Orders the patches; part of the checkpoint. */
  readonly random: Random;

  /** @param manifest its checkpoints are those on disk, as `startRun` finds them */
  constructor(out: string, manifest: RunManifest, checkpoint: Checkpoint | null, onEvent: (event: TrainingEvent) => void) {
    this.#out = out;
    this.#onEvent = onEvent;
    this.#manifest = manifest;
    this.#history = checkpoint?.history ?? [];
    const best = manifest.checkpoints.best;
    // Where no best is on disk, the next epoch becomes it.
    this.#best = best ? { epoch: best.epoch, loss: best.loss } : { epoch: 0, loss: Infinity };
    this.random = checkpoint ? new Random(checkpoint.random) : Random.of('order', manifest.seed);
  }

  get manifest(): RunManifest {
    return this.#manifest;
  }

  get history(): readonly EpochRecord[] {
    return this.#history;
  }

  get epochsDone(): number {
    return this.#history.length;
  }

  /** Writes what is known before the first step, and drops lines of epochs that no checkpoint has. */
  async begin(): Promise<void> {
    await writeHistory(this.#out, this.#history);
    await this.#write({ epochsDone: this.epochsDone });
  }

  /**
   * Commits an epoch: `best` where it is one, `last`, history, manifest, in this order, so that a kill in between is made good by resuming.
   * @param onBoundary called after each of them, with its name; tests kill the process there
   * @throws RunError before anything is written where the weights are not finite
   */
  async commit(
    record: EpochRecord,
    trainee: Pick<Trainee, 'networks' | 'steps'>,
    onBoundary: (written: string) => void = () => undefined,
  ): Promise<void> {
    const networks = await trainee.networks();
    // The loss is measured before the last step: without validation images only the weights tell how that step went.
    for (const { weights } of Object.values(networks)) refuseDivergence(weights, trainee.steps, trainingOf(this.#manifest.recipe));
    this.#history = [...this.#history, record];
    const loss = lossOf(record);
    const improved = loss < this.#best.loss;
    if (improved) this.#best = { epoch: record.epoch, loss };
    const checkpoint: Checkpoint = {
      epoch: record.epoch,
      steps: trainee.steps,
      random: this.random.state,
      best: this.#best,
      history: [...this.#history],
      networks,
    };
    const which = improved ? (['best', 'last'] as const) : (['last'] as const);
    const checkpoints = { ...this.#manifest.checkpoints };
    for (const name of which) {
      const sha256 = await saveCheckpoint(join(this.#out, 'checkpoints', name), checkpoint);
      checkpoints[name] = { epoch: record.epoch, loss, sha256 };
      onBoundary(name);
    }
    await writeHistory(this.#out, this.#history);
    onBoundary('history');
    await this.#write({ epochsDone: record.epoch, checkpoints });
    onBoundary('manifest');
    for (const name of which) this.#onEvent({ kind: 'checkpoint', which: name, epoch: record.epoch });
  }

  /** @param facts what is known of the run only now that it has ended */
  async complete(facts: Pick<RunManifest, 'recovery'>): Promise<void> {
    await this.#write({ ...facts, state: 'complete' });
  }

  async #write(changes: Partial<RunManifest>): Promise<void> {
    this.#manifest = { ...this.#manifest, ...changes };
    await writeManifest(this.#out, this.#manifest);
  }
}
