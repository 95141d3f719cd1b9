import { Explained, say, yellow } from '../setup/console.mjs';
import { holderOf, isFree, nextFreePort } from './ports.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
  /** What people open: http://localhost:3000, or NEXTAUTH_URL where a proxy stands in front. */
  readonly url: string;
}

const usualPort = 3000;

function chosenPort(): number | null {
  const text = process.env['PLUMBLINE_WEB_PORT'] ?? process.env['PORT'] ?? '';
  if (text === '') return null;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Explained(`PLUMBLINE_WEB_PORT should be a port number between 1 and 65535, but is "${text}".`);
}

/**
 * Where the platform will be reached. A port chosen by hand must be free; of the usual one the next free neighbour is taken.
 * @throws Explained naming who holds a port that was asked for
 */
export async function chooseAddress(): Promise<Address> {
  const host = process.env['PLUMBLINE_HOST'] ?? '127.0.0.1';
  const chosen = chosenPort();
  let port = chosen ?? usualPort;
  if (!(await isFree(port, host))) {
    const holder = holderOf(port) ?? 'another program';
    if (chosen !== null) throw new Explained(`Port ${port} is taken by ${holder}. Stop it, or choose another port by PLUMBLINE_WEB_PORT.`);
    port = await nextFreePort(usualPort + 1, host);
    say(`  ${yellow('!')} Port ${usualPort} is taken by ${holder}; using ${port}.`);
  }
  const usual = `http://${host === '127.0.0.1' || host === '0.0.0.0' ? 'localhost' : host}:${port}`;
  const url = process.env['NEXTAUTH_URL'] || usual;
  return { host, port, url };
}
