import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PostgresProblem } from './problem.ts';

/** The user that PostgreSQL runs as; empty: the caller's own. */
export interface Identity {
  readonly uid?: number;
  readonly gid?: number;
}

function idOf(user: string): Identity | null {
  const ask = (flag: string) => spawnSync('id', [flag, user], { encoding: 'utf8' });
  const uid = ask('-u');
  const gid = ask('-g');
  return uid.status === 0 && gid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : null;
}

/**
 * PostgreSQL refuses to run as root. Started by root it runs as the owner of an existing cluster, else as `postgres`, else as `nobody`.
 * @throws PostgresProblem where the cluster belongs to somebody else, or there is no unprivileged user
 */
export function chooseIdentity(dataDir: string): Identity {
  const owner = existsSync(join(dataDir, 'PG_VERSION')) ? statSync(dataDir) : null;
  const me = process.getuid?.();
  if (me !== 0) {
    if (owner && me !== undefined && owner.uid !== me)
      throw new PostgresProblem(
        `The database in ${dataDir} belongs to user id ${owner.uid}: start as that user, or choose another data directory.`,
      );
    return {};
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const found = idOf('postgres') ?? idOf('nobody');
  if (!found)
    throw new PostgresProblem(
      'PostgreSQL does not run as root, and there is no user "postgres" or "nobody" to run it as: start as an ordinary user.',
    );
  return found;
}

/** Whether this user can enter a folder; every folder above counts. */
export function canEnter(identity: Identity, folder: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { ...identity, cwd: '/', stdio: 'ignore' }).status === 0;
}
