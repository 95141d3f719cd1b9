/** Next.js calls this by its name before it fetches another page. */
export { navigationBegins as onRouterTransitionStart } from './lib/leaving.ts';
