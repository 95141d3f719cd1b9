import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { runCommand } from './command.ts';
import { type Device, type Distribution, distributionFor, tensorflowVersion } from './distributions.ts';
import { EngineUnavailableError } from './failure.ts';

/** What to build the binding against. */
export type Source =
  { readonly kind: 'wheel'; readonly distribution: Distribution } | { readonly kind: 'directory'; readonly directory: string };

/** auto · cpu · gpu · none · a directory of one's own */
export type Wish = string;

/** The C library these wheels were linked against must be at least this new. */
const oldestGlibc = 27;

const otherSystemRemedy =
  'use Linux on x64 or arm64 (a container will do), or point PLUMBLINE_TENSORFLOW at a folder with libtensorflow for this system';

/**
 * Decides which TensorFlow this machine gets.
 * @param wish PLUMBLINE_TENSORFLOW; empty means auto: the CUDA build where an NVIDIA driver is present, the CPU build elsewhere
 * @throws EngineUnavailableError when there is none for this system, or none is wanted
 */
export async function chooseSource(wish: Wish = process.env.PLUMBLINE_TENSORFLOW || 'auto'): Promise<Source> {
  if (wish === 'none') throw new EngineUnavailableError('PLUMBLINE_TENSORFLOW is none', 'unset it and run `npm run setup`');
  if (wish !== 'auto' && wish !== 'cpu' && wish !== 'gpu') {
    if (!existsSync(wish)) {
      throw new EngineUnavailableError(
        `PLUMBLINE_TENSORFLOW is ${wish}, which is neither auto, cpu, gpu, none nor an existing folder`,
        'correct it and run `npm run setup`',
      );
    }
    return { kind: 'directory', directory: resolve(wish) };
  }
  const device = wish === 'auto' ? await presentDevice() : wish;
  const distribution = distributionFor(process.platform, process.arch, device);
  if (!distribution) {
    throw new EngineUnavailableError(
      `there is no TensorFlow ${tensorflowVersion} ${device === 'gpu' ? 'with CUDA ' : ''}for ${process.platform} on ${process.arch}`,
      device === 'gpu' ? 'set PLUMBLINE_TENSORFLOW=cpu' : otherSystemRemedy,
    );
  }
  requireGlibc();
  return { kind: 'wheel', distribution };
}

/** gpu where CUDA on this system can work at all: a loaded NVIDIA driver, and a wheel for it. */
async function presentDevice(): Promise<Device> {
  if (!distributionFor(process.platform, process.arch, 'gpu')) return 'cpu';
  return (await hasNvidiaDriver()) ? 'gpu' : 'cpu';
}

/** True when the kernel has an NVIDIA driver loaded, or nvidia-smi lists a device (a container sees only the latter). */
export async function hasNvidiaDriver(): Promise<boolean> {
  if (existsSync('/proc/driver/nvidia/version')) return true;
  const { code, output } = await runCommand('nvidia-smi', ['--list-gpus']);
  return code === 0 && /^GPU \d+:/m.test(output);
}

function requireGlibc(): void {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  const version = report.header?.glibcVersionRuntime;
  const [major = 0, minor = 0] = (version ?? '0.0').split('.').map(Number);
  if (major > 2 || (major === 2 && minor >= oldestGlibc)) return;
  throw new EngineUnavailableError(
    version
      ? `TensorFlow needs glibc 2.${oldestGlibc}, this system has ${version}`
      : 'TensorFlow needs glibc, this system has another C library',
    'use a Debian, Ubuntu or Red Hat based system or container',
  );
}
