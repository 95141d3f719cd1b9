import { lookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/**
 * Which addresses a webhook may reach: those of the public internet, so that nobody has the platform call what only it can see (its own processes,
 * the machines beside it, a cloud's metadata). An administrator allows others by `PLUMBLINE_WEBHOOK_ALLOW`.
 */

type Range = readonly [network: string, prefix: number];

/** Loopback, private, link-local, shared, documentation, multicast and reserved ones (IANA's special-purpose registries). */
const special4: readonly Range[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
/** Only 2000::/3 is given out to the public; of it, these are not, or hold an IPv4 address. */
const special6: readonly Range[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];
const public6: Range = ['2000::', 3];

const listOf = (family: 'ipv4' | 'ipv6', ranges: readonly Range[]): BlockList => {
  const list = new BlockList();
  for (const [network, prefix] of ranges) list.addSubnet(network, prefix, family);
  return list;
};
const blocked4 = listOf('ipv4', special4);
const blocked6 = listOf('ipv6', special6);
const open6 = listOf('ipv6', [public6]);

/** An address that a webhook may not reach. */
export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';

  constructor(address: string) {
    super(
      `${address} is no public address; an administrator of the platform can allow it by PLUMBLINE_WEBHOOK_ALLOW, or take a public address.`,
    );
  }
}

/** Addresses and ranges beside the public ones. */
export interface AllowedAddresses {
  has(address: string): boolean;
}

/** Reads "10.1.2.3, 192.168.0.0/16, fd00::/8". @throws Error that names what is no address */
export function readAllowed(text: string): AllowedAddresses {
  const lists = { 4: new BlockList(), 6: new BlockList() };
  for (const entry of text.split(/[\s,]+/).filter(Boolean)) {
    const [network = '', prefix, ...rest] = entry.split('/');
    const version = isIP(network);
    const longest = version === 4 ? 32 : 128;
    const bits = prefix === undefined ? longest : Number(prefix);
    if ((version !== 4 && version !== 6) || rest.length > 0 || !/^\d*$/.test(prefix ?? '') || bits > longest || prefix === '')
      throw new Error(`"${entry}" is neither an address nor a range such as 192.168.0.0/16`);
    lists[version].addSubnet(network, bits, version === 4 ? 'ipv4' : 'ipv6');
  }
  return {
    has: (address) => {
      const version = isIP(address);
      return version === 4 ? lists[4].check(address, 'ipv4') : version === 6 && lists[6].check(address, 'ipv6');
    },
  };
}

/** @param address without brackets */
function isPublic(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !blocked4.check(address, 'ipv4');
  return version === 6 && !address.includes('%') && open6.check(address, 'ipv6') && !blocked6.check(address, 'ipv6');
}

export const mayReach = (address: string, allowed: AllowedAddresses): boolean => isPublic(address) || allowed.has(address);

/**
 * Resolves a name for one connection, and refuses it where any of its addresses is forbidden. The connection goes to exactly the addresses that
 * were looked at: a name that changes its mind in between changes nothing.
 */
export function guardedLookup(allowed: AllowedAddresses): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      // What `lookup` answers follows from `all`, which its type does not tell.
      const addresses = found as unknown as LookupAddress[];
      const [first] = error ? [] : addresses;
      const forbidden = error ? undefined : addresses.find(({ address }) => !mayReach(address, allowed));
      if (error || !first) callback(error ?? new Error(`${hostname} has no address.`), '', 0);
      else if (forbidden) callback(new ForbiddenAddress(forbidden.address), '', 0);
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
