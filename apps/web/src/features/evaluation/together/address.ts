import { writeView } from '#web/features/residuals/view/view-address.ts';
import { initialView, withEvaluations, type ViewState } from '#web/features/residuals/view/view-state.ts';

/**
 * Where evaluations are looked at together.
 * @param view what is shown of them; `ids` are the evaluations that its places count
 */
export function togetherAddress(
  projectId: string,
  evaluations: readonly string[],
  view: ViewState = initialView,
  ids: readonly string[] = [],
): string {
  const query = writeView(withEvaluations(view, ids, evaluations), new URLSearchParams());
  return `/projects/${projectId}/compare/images?${query.toString()}`;
}
