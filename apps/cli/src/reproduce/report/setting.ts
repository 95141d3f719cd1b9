import { BUDGET_SETTINGS, type ExperimentPlan } from '@plumbline/ml/experiment';
import { duration } from '../../progress.ts';
import type { EngineSpeed } from '../engine-speed.ts';
import type { Results } from '../results.ts';
import { heading, paragraph, tableOf, type Html, type Section } from './html.ts';

const short = (hash: string): string => hash.slice(0, 12);

/** What must be known before any number is read: what is missing, and trainings that never left the constant image. */
export function notices({ unfinished, runs, budget, seeds }: Results): Html {
  const dead = runs.filter((run) => run.deadStart);
  const sentences = [
    ...(budget === 'smoke'
      ? ['This was a check that everything works: the trainings are far too short for their numbers to mean anything.']
      : []),
    ...(unfinished.length > 0
      ? [
          `${unfinished.length} steps are not done, and tables lack what needs them: ${unfinished.map(({ id, reason }) => `${id} (${reason})`).join('; ')}.`,
        ]
      : []),
    ...(dead.length > 0
      ? [
          `${dead.length === 1 ? 'A training' : `${dead.length} trainings`} ended with a loss that equals the data's variance, which is one constant image: ` +
            `${dead.map(({ id }) => id.replace('runs/', '')).join(', ')}. A comparison with them is worthless.`,
        ]
      : []),
    ...(seeds.length === 1 ? ['One seed: there is no spread, and no difference can be told from chance.'] : []),
  ];
  return sentences.map((sentence) => paragraph(sentence, 'notice')).join('');
}

/** What was run: data, recipes, seeds, engine, code and times. */
export function settingSection(plan: ExperimentPlan, results: Results, engine: EngineSpeed | null): Section {
  const seconds = (times: Readonly<Record<string, number>>): number => Object.values(times).reduce((sum, value) => sum + value, 0);
  const facts: [string, string][] = [
    ['budget', `${plan.budget}: ${BUDGET_SETTINGS[plan.budget].summary}`],
    ['seeds', plan.seeds.join(', ')],
    ...(engine
      ? [
          ['engine', `${engine.kind === 'native' ? `TensorFlow ${engine.tensorflow ?? '?'}` : 'WebAssembly'} on ${engine.device}`] as [
            string,
            string,
          ],
        ]
      : []),
    ['threads', `${results.threads} a training`],
    ['code', results.times.codeVersions.join(', ')],
    ['time', `${duration(seconds(results.times.training))} of training, ${duration(seconds(results.times.evaluation))} of evaluation`],
  ];
  const recipes = Object.entries(plan.recipes).map(([name, { recipe, hash }]) => {
    const training = name.endsWith('/orientation') ? recipe.orientation.training : recipe.training;
    const patches = name.endsWith('/orientation') ? recipe.orientation.patches : recipe.data.trainPatches;
    return [
      name,
      recipe.name,
      short(hash),
      `${patches ?? 'all'}`,
      `${training.epochs}`,
      `${training.batch}`,
      `${training.learningRate}`,
      `${recipe.model.latent}`,
    ];
  });
  return {
    id: 'setting',
    title: 'What was run',
    body: [
      tableOf(
        ['', ''],
        facts.map(([name, value]) => [{ text: name }, { text: value }]),
      ),
      heading('Classes'),
      tableOf(
        ['class', 'shortest side (px)', 'channels', 'data hash'],
        plan.classes.map(({ name, shortSide, channels, dataHash }) => [
          { text: name },
          { text: `${shortSide}` },
          { text: `${channels}` },
          { text: short(dataHash) },
        ]),
      ),
      heading('Recipes'),
      paragraph(
        'All regimes of a class share data, seeds, order of patches and held-out images; their recipes differ in the regime alone.',
        'soft',
      ),
      tableOf(
        ['class/regime', 'recipe', 'hash', 'patches', 'epochs', 'batch', 'rate', 'latent'],
        recipes.map((row) => row.map((text) => ({ text }))),
      ),
    ].join(''),
  };
}
