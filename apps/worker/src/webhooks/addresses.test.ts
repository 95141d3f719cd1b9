import { describe, expect, it } from 'vitest';
import { ForbiddenAddress, guardedLookup, mayReach, readAllowed } from './addresses.ts';

const none = readAllowed('');

describe('an address that a webhook may reach', () => {
  it.each(['8.8.8.8', '1.1.1.1', '172.15.0.1', '172.32.0.1', '192.167.1.1', '100.63.0.1', '2606:4700:4700::1111', '2a00:1450::1'])(
    '%s, since it is public',
    (address) => expect(mayReach(address, none)).toBe(true),
  );

  it.each([
    ...['127.0.0.1', '127.9.9.9', '0.0.0.0', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1'],
    ...['224.0.0.1', '255.255.255.255', '198.18.0.1', '192.0.2.1', '203.0.113.9'],
    ...['::', '::1', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd12:3456::1', 'ff02::1', '2001:db8::1', 'fec0::1'],
    // Those that hold an IPv4 address, and what is no address.
    ...['::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:7f00:1', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:0:7f00:1::', 'localhost', ''],
  ])('is never %s', (address) => expect(mayReach(address, none)).toBe(false));

  it('is also what an administrator allows, and nothing beside it', () => {
    const allowed = readAllowed('127.0.0.1, 10.1.0.0/16 fd00::/8');
    for (const address of ['127.0.0.1', '10.1.2.3', 'fd12::1', '8.8.8.8']) expect(mayReach(address, allowed), address).toBe(true);
    for (const address of ['127.0.0.2', '10.2.0.1', 'fc00::1', '::1']) expect(mayReach(address, allowed), address).toBe(false);
    for (const text of ['localhost', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '10.0.0.0/x'])
      expect(() => readAllowed(text)).toThrow(/neither an address nor a range/);
  });
});

describe('a name that is resolved for a connection', () => {
  const resolve = (allowed = none, all = false) =>
    new Promise((resolved) => guardedLookup(allowed)('localhost', { all }, (error, address) => resolved(error ?? address)));

  it('is refused where an address behind it is forbidden', async () => {
    const refused = await resolve();
    expect(refused).toBeInstanceOf(ForbiddenAddress);
    expect((refused as Error).message).toMatch(/^(127\.0\.0\.1|::1) is no public address; an administrator/);
  });

  it('gives the addresses that were looked at, one or all', async () => {
    const allowed = readAllowed('127.0.0.0/8 ::1');
    expect(await resolve(allowed)).toMatch(/^(127\.0\.0\.1|::1)$/);
    expect(await resolve(allowed, true)).toContainEqual({
      address: expect.stringMatching(/^(127\.0\.0\.1|::1)$/) as string,
      family: expect.any(Number) as number,
    });
  });
});
