import { openEngine } from '@plumbline/tensorflow';
import { readMvtecDataset, resolveRecipe, train } from '../src/index.ts';
const [dir, name, out, seed, ...sets] = process.argv.slice(2) as [string, string, string, string, ...string[]];
const engine = await openEngine({ log: console.error });
const t0 = performance.now();
const r = await train({ engine, recipe: resolveRecipe(name, sets), dataset: await readMvtecDataset(dir), seed: Number(seed), out, onEvent: (e) => { if (e.kind !== 'preview' && (e.kind !== 'step' || e.step % 20 === 0)) console.log(((performance.now() - t0) / 1000).toFixed(1), JSON.stringify(e)); } });
console.log(JSON.stringify(r.manifest.checkpoints));
