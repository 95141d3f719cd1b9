/**
 * `PLUMBLINE_TOKEN=… pnpm bench load ADDRESS PROJECT [USERS] [SECONDS] [PAUSE_MS]`: people who read a project's pages at once, each opening one
 * after another with a pause of PAUSE_MS on average between (50 people, 300 s, 1,000 ms). A page is what a browser asks for when it opens:
 * its operation and a handful of files. Prints times by kind of request. Talks to this machine only; the token needs the scope `read`.
 */
import { setTimeout as sleep } from 'node:timers/promises';

interface Answer {
  readonly kind: string;
  readonly milliseconds: number;
  /** 0 where there was none. */
  readonly status: number;
}

const [address = '', project = '', users = '50', seconds = '300', pause = '1000'] = process.argv.slice(2);
const token = process.env['PLUMBLINE_TOKEN'] ?? '';
if (!address || !project || !token) {
  console.error('Give the platform’s address, a project’s id (prj_…), and a token in PLUMBLINE_TOKEN.');
  process.exit(2);
}
if (!['localhost', '127.0.0.1', '[::1]'].includes(new URL(address).hostname)) {
  console.error(`${address} is not this machine; load is put on 127.0.0.1 alone.`);
  process.exit(2);
}

const answers: Answer[] = [];
const headers = { authorization: `Bearer ${token}` };

/** Asks, reads the whole answer and notes how long that took. */
async function timed(kind: string, path: string, init: RequestInit = {}): Promise<string> {
  const began = performance.now();
  let status = 0;
  let text = '';
  try {
    const answer = await fetch(new URL(path, address), { ...init, headers: { ...headers, ...init.headers } });
    text = await answer.text();
    status = answer.status;
    if (kind.startsWith('operation') && text.includes('"errors"')) status = -1;
  } catch {
    // Refused or broken off: counted as no answer.
  }
  answers.push({ kind, milliseconds: performance.now() - began, status });
  return text;
}

async function operation<Data>(name: string, query: string, variables: object): Promise<Data | null> {
  const body = JSON.stringify({ query, variables });
  const text = await timed(`operation ${name}`, '/graphql', { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  try {
    return (JSON.parse(text) as { data: Data }).data;
  } catch {
    return null;
  }
}

const any = <T>(list: readonly T[]): T | undefined => list[Math.floor(Math.random() * list.length)];
interface Nodes<T> {
  readonly edges: readonly { readonly node: T }[];
}

async function files(kind: string, paths: readonly (string | null | undefined)[]): Promise<void> {
  await Promise.all(paths.map((path) => (path ? timed(`file ${kind}`, path) : null)));
}

interface Listed {
  readonly project: {
    readonly datasets: readonly { readonly id: string; readonly imageCount: number }[];
    readonly trainingRuns: Nodes<{ readonly id: string }>;
    readonly evaluations: Nodes<{ readonly id: string; readonly imagesUrl: string | null }>;
  };
}
const listed = `query ($id: ID!) { project(id: $id) { name
  datasets { id name imageCount goodCount defectiveCount }
  trainingRuns(first: 50) { totalCount edges { node { id state seed startedAt finishedAt variant { name } recipe { name hash } } } }
  evaluations(first: 50, state: [succeeded]) { totalCount edges { node { id metrics thresholds imagesUrl run { seed variant { name } } } } } } }`;

/** The pages that people open, as often as they do. */
const pages: readonly (readonly [often: number, open: () => Promise<void>])[] = [
  [
    2,
    async () => {
      await operation('project', listed, { id: project });
    },
  ],
  [
    2,
    async () => {
      await operation(
        'runs',
        `query ($id: ID!) { project(id: $id) { trainingRuns(first: 100) { totalCount edges { node { id state seed epochs
           variant { name } recipe { name } evaluations { id state metrics } } } } } }`,
        { id: project },
      );
    },
  ],
  [
    3,
    async () => {
      const { id, imageCount } = any(known.datasets) ?? { id: '', imageCount: 0 };
      const skip = Math.floor(Math.random() * Math.max(1, imageCount - 100));
      const data = await operation<{ dataset: { images: Nodes<{ thumbnailUrl: string }> } }>(
        'dataset images',
        `query ($id: ID!, $skip: Int) { dataset(id: $id) { images(first: 100, skip: $skip) { totalCount
           edges { node { id name label split thumbnailUrl maskUrl } } } } }`,
        { id, skip },
      );
      await files('thumbnail', data?.dataset?.images.edges.slice(0, 12).map(({ node }) => node.thumbnailUrl) ?? []);
    },
  ],
  [
    3,
    async () => {
      const { id } = any(known.evaluations) ?? { id: '' };
      const data = await operation<{ evaluation: { reconstructions: Nodes<{ inputUrl: string; reconstructionUrl: string }> } }>(
        'evaluation images',
        `query ($id: ID!) { evaluation(id: $id) { metrics thresholds reconstructions(first: 50, sort: scoreDescending, measure: ssim) { totalCount
           edges { node { id name label inputUrl reconstructionUrl residualMaps { measure score p99 } } } } } }`,
        { id },
      );
      const some = data?.evaluation?.reconstructions.edges.slice(0, 6) ?? [];
      await files(
        'picture',
        some.flatMap(({ node }) => [node.inputUrl, node.reconstructionUrl]),
      );
    },
  ],
  [
    1,
    async () => {
      await files('images.json', [any(known.evaluations)?.imagesUrl]);
    },
  ],
];
const drawn = pages.flatMap(([often, open]) => Array.from({ length: often }, () => open));

const first = await operation<Listed>('project', listed, { id: project });
if (!first?.project) {
  console.error(`${address} does not show the project ${project} to this token.`);
  process.exit(2);
}
const known = { datasets: first.project.datasets, evaluations: first.project.evaluations.edges.map(({ node }) => node) };
answers.length = 0;

const until = performance.now() + 1000 * Number(seconds);
async function person(): Promise<void> {
  await sleep(Math.random() * Number(pause));
  while (performance.now() < until) {
    await any(drawn)!();
    await sleep(2 * Math.random() * Number(pause));
  }
}
await Promise.all(Array.from({ length: Number(users) }, person));

const quantile = (sorted: readonly number[], q: number): string =>
  `${(sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? NaN).toFixed(0)} ms`;
const kinds = [...new Set(answers.map(({ kind }) => kind))].sort();
console.log(
  `${users} people, ${seconds} s, a pause of ${pause} ms on average: ${(answers.length / Number(seconds)).toFixed(0)} requests/s`,
);
for (const kind of [...kinds, 'all']) {
  const own = answers.filter((answer) => kind === 'all' || answer.kind === kind);
  const times = own.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  const failed = own.filter(({ status }) => status !== 200);
  const why = [...new Set(failed.map(({ status }) => status))].map(
    (status) => `${failed.filter((one) => one.status === status).length} × ${status}`,
  );
  console.log(
    `  ${kind.padEnd(28)} ${String(own.length).padStart(6)}  median ${quantile(times, 0.5)}, p95 ${quantile(times, 0.95)}, p99 ${quantile(times, 0.99)}` +
      (why.length > 0 ? `; not answered well: ${why.join(', ')}` : ''),
  );
}
