import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const standard = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

export interface AskedRules {
  /** Only this part of the page. */
  readonly within?: string;
  /** Tags of rules besides those of the standard. */
  readonly besides?: readonly string[];
  /** Only these rules: what a change of the theme can break. */
  readonly only?: readonly string[];
  /** Rules that take something right for wrong here. */
  readonly without?: readonly string[];
}

/** What axe finds on the page against WCAG 2.2 A and AA. */
export async function ruleBreaks(page: Page, { within, besides = [], only, without = [] }: AskedRules = {}): Promise<string[]> {
  let asked = new AxeBuilder({ page });
  asked = only ? asked.withRules([...only]) : asked.withTags([...standard, ...besides]);
  if (without.length > 0) asked = asked.disableRules([...without]);
  if (within !== undefined) asked = asked.include(within);
  const { violations } = await asked.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
