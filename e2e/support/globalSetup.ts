import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchPlatform } from '../../scripts/platform/launch.ts';

/**
 * Starts the platform as a new user would; the returned function ends it and checks that it ended well. Where PLUMBLINE_E2E_ADDRESS and
 * PLUMBLINE_E2E_DATA name one that runs, the journeys use that one, for figures that need much to be there.
 */
export default async function globalSetup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env['PLUMBLINE_E2E_ADDRESS'] && process.env['PLUMBLINE_E2E_DATA']) return undefined;
  // A journey receives webhooks on this machine.
  process.env['PLUMBLINE_WEBHOOK_ALLOW'] ??= '127.0.0.1';
  const data = await mkdtemp(join(tmpdir(), 'plumbline-e2e-'));
  const platform = await launchPlatform({ data }).catch(async (error: unknown) => {
    await rm(data, { recursive: true, force: true });
    throw error;
  });
  process.env['PLUMBLINE_E2E_DATA'] = data;
  process.env['PLUMBLINE_E2E_ADDRESS'] = platform.address;
  process.env['PLUMBLINE_E2E_WELCOME'] = platform.welcome ?? '';
  return async () => {
    const code = await platform.stop();
    await rm(data, { recursive: true, force: true });
    if (code !== 0) throw new Error(`The platform ended with code ${String(code)}:\n${platform.output()}`);
  };
}
