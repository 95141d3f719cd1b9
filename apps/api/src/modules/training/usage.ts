import { builder } from '../../builder.ts';
import { DatasetVersionType } from '../datasets/schema.ts';
import { VariantType } from '../recipes/schema.ts';

/** How often what a training refers to is used: while it is, it stays. */
builder.prismaObjectField(VariantType, 'runCount', (t) => t.relationCount('runs', { description: 'How many training runs refer to it.' }));
builder.prismaObjectField(DatasetVersionType, 'runCount', (t) =>
  t.relationCount('runs', { description: 'How many training runs refer to it.' }),
);
