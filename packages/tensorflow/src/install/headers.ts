import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runCommand } from './command.ts';

const require = createRequire(import.meta.url);

/**
 * A prefix (with include/node in it) whose headers node-gyp can use without the network:
 * npm's `nodedir` setting, the running Node's own installation, or the system's. Null when there is none.
 * Any Node's headers will do, since the binding uses nothing but N-API 8.
 */
export async function nodeHeadersPrefix(): Promise<string | null> {
  const { code, output } = await runCommand('npm', ['config', 'get', 'nodedir']);
  const configured = code === 0 ? (output.trim().split('\n').at(-1) ?? '') : '';
  const ownPrefix = dirname(dirname(realpathSync(process.execPath)));
  const candidates = [process.env.npm_config_nodedir, configured, ownPrefix, '/usr/local', '/usr'];
  return candidates.find((prefix) => prefix && isComplete(prefix)) ?? null;
}

const isComplete = (prefix: string): boolean =>
  ['node_api.h', 'common.gypi', 'config.gypi'].every((file) => existsSync(join(prefix, 'include/node', file)));

/** The folder with node_api.h from the npm package of N-API headers: enough for a compiler, not for node-gyp. */
export function napiHeaders(): string {
  return join(dirname(require.resolve('node-api-headers/package.json')), 'include');
}
