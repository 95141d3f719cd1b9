import type { ExperimentPlan } from '@plumbline/ml/experiment';
import { escapeText } from '@plumbline/ml/figures';
import type { EngineSpeed } from '../engine-speed.ts';
import type { ExperimentFolder } from '../experiment-folder.ts';
import type { Results } from '../results.ts';
import type { ClassSource } from '../sources.ts';
import { learningCurves } from './curves.ts';
import { exampleSection } from './examples.ts';
import { figures, paragraph, type Section } from './html.ts';
import { orientationSection } from './orientation.ts';
import { page } from './page.ts';
import { samplerSection } from './sampler.ts';
import { notices, settingSection } from './setting.ts';
import { tableSection } from './tables.ts';

export interface ReportOptions {
  readonly folder: ExperimentFolder;
  readonly plan: ExperimentPlan;
  readonly results: Results;
  readonly sources: readonly ClassSource[];
  readonly engine: EngineSpeed | null;
}

/** Writes report.html, which stands alone, and its figures as files of their own. */
export async function writeReport({ folder, plan, results, sources, engine }: ReportOptions): Promise<void> {
  const curves = learningCurves(results);
  const sampler = await samplerSection(sources);
  const orientation = await orientationSection(folder, results, sources);
  const curveSection: Section = {
    id: 'learning',
    title: 'Learning curves',
    body: [paragraph('Mean over seeds; the band runs from the smallest to the largest.', 'soft'), figures(Object.values(curves))].join(''),
  };
  const sections = [
    ...(results.comparison ? [tableSection(results.comparison)] : []),
    ...(Object.keys(curves).length > 0 ? [curveSection] : []),
    await exampleSection(folder, results, sources),
    orientation.section,
    sampler.section,
    settingSection(plan, results, engine),
  ];
  const names = plan.classes.map((entry) => entry.name).join(', ');
  const lead = `<p class="soft">${escapeText(`${plan.regimes.join(', ')} · ${plan.seeds.length} ${plan.seeds.length === 1 ? 'seed' : 'seeds'} · budget ${plan.budget}`)}</p>`;
  await folder.write(folder.at('report.html'), page(`Reproduction on ${names}`, lead + notices(results), sections));
  for (const [name, svg] of Object.entries({ ...curves, ...sampler.drawn, ...orientation.drawn }))
    await folder.write(folder.at('figures', `${name}.svg`), `${svg}\n`);
}
