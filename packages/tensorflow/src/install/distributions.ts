/** The TensorFlow whose C library the tfjs-node binding is built against. */
export const tensorflowVersion = '2.21.0';

export type Device = 'cpu' | 'gpu';

/** A Python wheel that carries libtensorflow, pinned by its bytes. */
export interface Distribution {
  /** Name in the cache; one folder of unpacked libraries each. */
  readonly id: string;
  readonly device: Device;
  /** What pip is asked for. */
  readonly requirement: string;
  readonly platform: string;
  /** Bytes of the wheel, for the progress bar and the check of free space. */
  readonly size: number;
  /** Bytes of what is kept of it. */
  readonly unpackedSize: number;
  readonly sha256: string;
}

/** The wheels for CPython 3.11; the libraries in them do not depend on Python, the tag only names one file. */
export const pythonTag = '3.11';

const linuxX64Cpu: Distribution = {
  id: `${tensorflowVersion}-cpu-linux-x64`,
  device: 'cpu',
  requirement: `tensorflow-cpu==${tensorflowVersion}`,
  platform: 'manylinux_2_27_x86_64',
  size: 273_829_956,
  unpackedSize: 854_000_000,
  sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
};

const linuxX64Gpu: Distribution = {
  id: `${tensorflowVersion}-gpu-linux-x64`,
  device: 'gpu',
  requirement: `tensorflow==${tensorflowVersion}`,
  platform: 'manylinux_2_27_x86_64',
  size: 572_440_367,
  unpackedSize: 1_260_000_000,
  sha256: '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124',
};

/** On 64-bit ARM the plain `tensorflow` wheel is the CPU one. */
const linuxArm64Cpu: Distribution = {
  id: `${tensorflowVersion}-cpu-linux-arm64`,
  device: 'cpu',
  requirement: `tensorflow==${tensorflowVersion}`,
  platform: 'manylinux_2_27_aarch64',
  size: 281_828_020,
  unpackedSize: 884_000_000,
  sha256: '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
};

/** The wheel for a system and device, or null where none exists. */
export function distributionFor(platform: string, architecture: string, device: Device): Distribution | null {
  const all = [
    { platform: 'linux', architecture: 'x64', distribution: linuxX64Cpu },
    { platform: 'linux', architecture: 'x64', distribution: linuxX64Gpu },
    { platform: 'linux', architecture: 'arm64', distribution: linuxArm64Cpu },
  ];
  const match = all.find((d) => d.platform === platform && d.architecture === architecture && d.distribution.device === device);
  return match?.distribution ?? null;
}
