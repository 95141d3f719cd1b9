/**
 * `tsx scripts/seed-many.ts DATA [IMAGES]`: makes a project of many images (10,000 where no number is given) under four variants on the platform
 * that runs on the data directory DATA. Takes from a minute to an hour, by the number and the machine.
 */
import { Explained, program, say, step } from './setup/console.mjs';
import { seedMany } from './seed/manyVariants.ts';

await program(async () => {
  const [data, images = '10000'] = process.argv.slice(2);
  if (!data || !/^[1-9]\d*$/.test(images))
    throw new Explained('Name the data directory of a running platform, then the number of test images.');
  const made = await step(`A project of ${images} images under four variants`, () =>
    seedMany({ data, images: Number(images), say: (line) => say(`    ${line}`) }),
  );
  say(`  /projects/${made.projectId}/compare/images?evaluations=${made.evaluationIds.join(',')}`);
});
