const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdg\/(\d+)/, 'Edge'],
  [/\bOPR\/(\d+)/, 'Opera'],
  [/\bFirefox\/(\d+)/, 'Firefox'],
  [/\bHeadlessChrome\/(\d+)/, 'Chrome (automatic)'],
  [/\bChrome\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+).*Safari/, 'Safari'],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
];

/** "Chrome 156 on Linux" from a user agent; the agent itself, shortened, when it is none of the known ones. */
export function browserInWords(agent: string): string {
  const browser = browsers.map(([pattern, name]) => ({ name, match: pattern.exec(agent) })).find(({ match }) => match);
  const system = systems.find(([pattern]) => pattern.test(agent))?.[1];
  if (!browser) return agent.trim() === '' ? 'unknown' : agent.slice(0, 60);
  return `${browser.name} ${browser.match?.[1] ?? ''}${system ? ` on ${system}` : ''}`;
}
