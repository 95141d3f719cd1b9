import { builder } from '../../builder.ts';
import { watchRun, type TrainingRunChange } from './liveRun.ts';
import { CurvePointType, runDetailTypes, RunPreviewType, TrainingRunType } from './schema.ts';

const TrainingRunChangeType = builder.objectRef<TrainingRunChange>('TrainingRunChange').implement({
  description: 'A run that changed. The first one comes at once, with the whole curve and all previews.',
  fields: (t) => ({
    run: t.field({ type: TrainingRunType, description: 'The run as it is now.', resolve: ({ run }) => run }),
    points: t.field({
      type: [CurvePointType],
      description: 'Points of its curves that are new since the last change; one with the same series and step replaces the earlier.',
      resolve: ({ points }) => [...points],
    }),
    previews: t.field({
      type: [RunPreviewType],
      description: 'Previews that are new since the last change.',
      resolve: ({ previews }) => [...previews],
    }),
    logLines: t.field({
      type: [runDetailTypes.RunLogLineType],
      description: 'Lines of its log that are new since the last change, oldest first.',
      resolve: async (change) => [...(await change.logLines())],
    }),
    vitals: t.field({
      type: [runDetailTypes.RunVitalType],
      description: 'Memory and speed since the last change.',
      resolve: async (change) => [...(await change.vitals())],
    }),
    orientations: t.field({
      type: [runDetailTypes.RunOrientationType],
      description: 'How held-out patches were turned after the epochs since the last change.',
      resolve: async (change) => [...(await change.orientations())],
    }),
  }),
});

builder.subscriptionField('trainingRunChanged', (t) =>
  t.field({
    type: TrainingRunChangeType,
    description: 'The run as it is, at once and whenever it changes.',
    args: { id: t.arg.id({ required: true, description: 'Id of the run.' }) },
    subscribe: (_root, { id }, context) => watchRun(context, id),
    resolve: (change) => change,
  }),
);
