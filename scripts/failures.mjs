/** Reads what failed out of the reports of Vitest and Playwright, so that the end of a long log says it. */
import { relative } from 'node:path';
import { root } from './setup/console.mjs';

/** @param {unknown} text the first lines of a message, without the terminal's colours */
const first = (text) =>
  String(text ?? '')
    // eslint-disable-next-line no-control-regex -- colours of the terminal
    .replace(/\u001b\[[0-9;]*m/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 4)
    .map((line) => line.trim())
    .join(' | ')
    .slice(0, 400);

/**
 * What failed, a line each: its name and the beginning of the reason.
 * @param {(file: string) => Record<string, unknown>} report gives a report by its file's name
 * @returns {string[]}
 */
export function failures(report) {
  /** @type {string[]} */
  const lines = [];
  for (const project of ['unit', 'integration']) {
    const { testResults } = /** @type {{ testResults?: any[] }} */ (report(`${project}.json`));
    for (const file of testResults ?? []) {
      const failed = file.assertionResults.filter((/** @type {any} */ test) => test.status === 'failed');
      for (const test of failed) lines.push(`${relative(root, file.name)} › ${test.fullName}: ${first(test.failureMessages?.[0])}`);
      if (file.status === 'failed' && failed.length === 0) lines.push(`${relative(root, file.name)}: ${first(file.message)}`);
    }
  }
  /** @param {any} suite */
  const walk = (suite) => {
    for (const spec of suite.specs ?? [])
      if (!spec.ok) {
        const results = spec.tests.flatMap((/** @type {any} */ test) => test.results);
        const errors = results.flatMap((/** @type {any} */ result) =>
          result.errors.map((/** @type {any} */ error) => first(error.message)),
        );
        lines.push(`${spec.file}:${spec.line} › ${spec.title}: ${errors.join(' && ')}`);
      }
    for (const inner of suite.suites ?? []) walk(inner);
  };
  for (const suite of /** @type {{ suites?: any[] }} */ (report('e2e.json')).suites ?? []) walk(suite);
  return lines;
}
