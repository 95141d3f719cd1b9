import { z } from 'zod';

/** A file of a run's folder in storage. `name`: its path in that folder. */
const checkpointFileSchema = z.object({ name: z.string(), sha256: z.string(), bytes: z.number() });
const checkpointFilesSchema = z.array(checkpointFileSchema);
export type CheckpointFile = z.infer<typeof checkpointFileSchema>;

/** The files of a checkpoint, as its row keeps them: the run's manifest, and the checkpoint's own. They make the run's folder again. */
export const checkpointFiles = (files: unknown): CheckpointFile[] => checkpointFilesSchema.parse(files);
