import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { connect, createServer } from 'node:net';

/** Whether a server could listen there and nobody answers on either loopback address. */
export async function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  const answers = await Promise.all(['127.0.0.1', '::1'].map((address) => somebodyAnswers(port, address)));
  if (answers.includes(true)) return false;
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function somebodyAnswers(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 500 });
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}

/** A port nobody uses now, chosen by the system. */
export function anyFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** The first free port from `first` on. */
export async function nextFreePort(first: number, host?: string): Promise<number> {
  for (let port = first; port < Math.min(first + 100, 65_536); port++) if (await isFree(port, host)) return port;
  throw new Error(`No free port between ${first} and ${first + 99}.`);
}

/** Who listens on a port, as "node (process 123)", from /proc; null when it cannot be known. */
export function holderOf(port: number): string | null {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of readOr(table).split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/);
      const listening = fields[3] === '0A';
      if (listening && fields[1]?.endsWith(`:${hex}`) === true && fields[9] !== undefined) inodes.add(`socket:[${fields[9]}]`);
    }
  }
  if (inodes.size === 0) return null;
  for (const pid of listOr('/proc').filter((name) => /^\d+$/.test(name))) {
    for (const descriptor of listOr(`/proc/${pid}/fd`)) {
      if (inodes.has(linkOr(`/proc/${pid}/fd/${descriptor}`))) return `${readOr(`/proc/${pid}/comm`).trim()} (process ${pid})`;
    }
  }
  return null;
}

// /proc changes while it is read, and other users' entries are closed to us: what cannot be read is empty.
function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
function listOr(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
function linkOr(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
