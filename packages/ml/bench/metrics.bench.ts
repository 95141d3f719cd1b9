/** Exact pixel metrics over 100 images of 512²: prints time and peak memory. Run with `npx tsx packages/ml/bench/metrics.bench.ts [images] [width] [height]`. */
import { pixelMetrics, quantileOfMaps } from '../src/metrics/index.ts';

const [count = 100, width = 512, height = 512] = process.argv.slice(2).map(Number);

/** Deterministic uniform numbers in [0,1). */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const random = mulberry32(1);
const maps = Array.from({ length: count }, () => ({
  width,
  height,
  data: Float32Array.from({ length: width * height }, () => random() * random()),
}));
const masks = maps.map((map, n) => {
  const data = new Uint8Array(width * height);
  if (n % 2 === 0) return { width, height, data };
  const side = Math.floor(Math.min(width, height) / 6);
  for (let region = 0; region < 2; region++) {
    const [x0, y0] = [Math.floor(random() * (width - side)), Math.floor(random() * (height - side))];
    for (let y = y0; y < y0 + side; y++)
      for (let x = x0; x < x0 + side; x++) {
        data[y * width + x] = 1;
        map.data[y * width + x] = map.data[y * width + x]! * 0.7 + 0.3 * random();
      }
  }
  return { width, height, data };
});
const before = process.memoryUsage().rss;
const start = performance.now();
const good = maps.filter((_, n) => n % 2 === 0).map((map) => map.data);
const metrics = pixelMetrics({ maps, masks, validationThreshold: quantileOfMaps(good, 0.995) });
const seconds = (performance.now() - start) / 1000;
const mib = (bytes: number) => Math.round(bytes / 2 ** 20);
console.log(JSON.stringify(metrics));
console.log(
  `${count} images of ${width} × ${height}: ${seconds.toFixed(2)} s; memory ${mib(before)} MiB before, peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`,
);
