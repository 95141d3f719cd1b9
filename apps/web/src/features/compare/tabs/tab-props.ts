import type { Comparison } from '@plumbline/ml/experiment';
import type { Member } from '../data/set.ts';
import type { CompareView } from '../data/view.ts';

/** What every tab is drawn from. */
export interface TabProps {
  readonly comparison: Comparison;
  /** Whether the comparison is still the one of earlier options: the one of the view's is being made. */
  readonly busy: boolean;
  readonly members: readonly Member[];
  /** How people call each column. */
  readonly titles: readonly string[];
  readonly view: CompareView;
  /** The project to which links lead; null for who has no account. */
  readonly projectId: string | null;
}

/** Members of one class. */
export const membersOfClass = ({ members }: Pick<TabProps, 'members'>, name: string): Member[] =>
  members.filter(({ className }) => className === name);

/** The class that is looked at: the one of the address, or the first. */
export function shownClass({ comparison, view }: Pick<TabProps, 'comparison' | 'view'>): string {
  const asked = view.get('class');
  return comparison.classes.find(({ name }) => name === asked)?.name ?? comparison.classes[0]?.name ?? '';
}
