import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Version of this code: the package's, with the commit where the sources are a git checkout. PLUMBLINE_CODE_VERSION overrules it (images). */
export function codeVersion(): string {
  const given = process.env['PLUMBLINE_CODE_VERSION'];
  if (given) return given;
  const packageFile = fileURLToPath(new URL('../../package.json', import.meta.url));
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };
  const commit = currentCommit(fileURLToPath(new URL('../../../../.git', import.meta.url)));
  return commit ? `${version}+${commit.slice(0, 12)}` : version;
}

function currentCommit(git: string): string | null {
  const read = (name: string): string | null => (existsSync(`${git}/${name}`) ? readFileSync(`${git}/${name}`, 'utf8').trim() : null);
  const head = read('HEAD');
  if (!head?.startsWith('ref: ')) return head;
  const ref = head.slice(5);
  return (
    read(ref) ??
    read('packed-refs')
      ?.split('\n')
      .find((line) => line.endsWith(` ${ref}`))
      ?.split(' ')[0] ??
    null
  );
}
