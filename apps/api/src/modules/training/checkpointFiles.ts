import type { Checkpoint } from '@plumbline/prisma';
import { z } from 'zod';

const filesSchema = z.array(z.object({ name: z.string(), sha256: z.string(), bytes: z.number() }));

/** A file of a run's folder, by its path in it. */
export type CheckpointFile = z.infer<typeof filesSchema>[number];

/** The files that make a run's folder again: the manifest, and the checkpoint's own. */
export const filesOf = ({ files }: Pick<Checkpoint, 'files'>): CheckpointFile[] => filesSchema.parse(files);
