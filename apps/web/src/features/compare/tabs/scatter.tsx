'use client';

import { lineChart } from '@plumbline/ml/figures';
import Link from 'next/link';
import { useMemo } from 'react';
import { Button, ButtonLink } from '#web/components/ui/button.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { Cell, HeadCell, Row, Table } from '#web/components/ui/table.tsx';
import { plural } from '#web/lib/numbers.ts';
import { ChartFigure } from '../chart-figure.tsx';
import { markedText, parseMarked, rangesOf, roomFor, scoredByBoth, within, type ScoredImage } from '../data/scatter.ts';
import { memberTitle, type Member } from '../data/set.ts';
import { Brush } from './brush.tsx';
import { imagesAddress } from './cell-links.ts';
import type { TabProps } from './tab-props.ts';

/** Marked images that are listed; the browser has all. */
const mostListed = 100;

/** Two evaluations' image scores against each other; a box that is drawn on it lists its images. */
export function Scatter({ members, view, projectId }: Pick<TabProps, 'view' | 'projectId'> & { readonly members: readonly Member[] }) {
  const chosen = (name: 'a' | 'b', otherwise: Member | undefined) => members.find(({ id }) => id === view.get(name)) ?? otherwise;
  const a = chosen('a', members[0]);
  const b = chosen('b', members.find((member) => member.column !== a?.column) ?? members[1]);
  const { measure } = view;
  const marked = parseMarked(view.get('marked'));
  const images = useMemo(() => (a && b ? scoredByBoth(a, b, measure) : []), [a, b, measure]);
  const drawn = useMemo(() => (a && b ? chartOf(images, a, b, measure) : null), [images, a, b, measure]);
  if (!a || !b || !drawn) return <p className="text-ink-2">Two evaluations of one class make a scatter of their image scores.</p>;
  const inside = marked ? images.filter((image) => within(image, marked)) : [];
  const listed = [...inside].sort((one, other) => Math.abs(other.a - other.b) - Math.abs(one.a - one.b)).slice(0, mostListed);
  const options = members.map((member) => ({ value: member.id, label: memberTitle(member) }));
  const ids = [...new Set([a.id, b.id])];
  // A box with nothing in it would open a grid with nothing in it.
  const ranges = marked && inside.length > 0 ? rangesOf(marked, ids.length === 1) : [];
  const address = projectId === null ? null : imagesAddress(projectId, ids, measure, ranges);
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        <Select
          label="Along the axis"
          className="w-72!"
          value={a.id}
          options={options}
          onValueChange={(id) => view.set({ a: id, marked: 'none' })}
        />
        <Select
          label="Up the axis"
          className="w-72!"
          value={b.id}
          options={options}
          onValueChange={(id) => view.set({ b: id, marked: 'none' })}
        />
      </div>
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <ChartFigure
          svg={drawn.svg}
          name={['scores', a.variantName, b.variantName]}
          note={`${plural(images.length, 'image')} that both scored. Drag a box to list the images in it.`}
        >
          <Brush x={drawn.x} y={drawn.y} marked={marked} onMark={(box) => view.set({ marked: box ? markedText(box) : 'none' })} />
        </ChartFigure>
        <div className="flex flex-col gap-2">
          <div className="flex min-h-8 flex-wrap items-center justify-between gap-2">
            <p aria-live="polite">{marked ? `${plural(inside.length, 'image')} marked.` : 'Nothing is marked.'}</p>
            <div className="flex gap-2">
              {marked ? (
                <Button size="small" tone="quiet" onClick={() => view.set({ marked: 'none' })}>
                  Take the mark away
                </Button>
              ) : null}
              {address ? (
                <ButtonLink size="small" href={address}>
                  {ranges.length > 0 ? `Open the ${plural(inside.length, 'marked image')}` : 'Open the images of both'}
                </ButtonLink>
              ) : null}
            </div>
          </div>
          {listed.length > 0 ? <Images images={listed} address={address} a={a} b={b} /> : null}
          {inside.length > listed.length ? <p className="text-xs text-ink-3">The {mostListed} on which they differ most.</p> : null}
        </div>
      </div>
    </div>
  );
}

function Images({ images, address, a, b }: { images: readonly ScoredImage[]; address: string | null; a: Member; b: Member }) {
  return (
    <div className="max-h-96 overflow-y-auto">
      <Table label="Marked images">
        <thead>
          <tr>
            <HeadCell>Image</HeadCell>
            <HeadCell>Label</HeadCell>
            <HeadCell numeric>{a.variantName}</HeadCell>
            <HeadCell numeric>{b.variantName}</HeadCell>
          </tr>
        </thead>
        <tbody>
          {images.map(({ name, id, label, a: one, b: other }) => (
            <Row key={id ?? name}>
              <Cell className="h-8!">
                {address && id ? (
                  <Link href={`${address}&image=${id}`} className="hover:text-accent-ink hover:underline">
                    {name}
                  </Link>
                ) : (
                  name
                )}
              </Cell>
              <Cell className="h-8!">{label}</Cell>
              <Cell numeric className="h-8!">
                {one.toPrecision(4)}
              </Cell>
              <Cell numeric className="h-8!">
                {other.toPrecision(4)}
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function chartOf(images: readonly ScoredImage[], a: Member, b: Member, measure: 'ssim' | 'mse') {
  const x = roomFor(images.map((image) => image.a));
  const y = roomFor(images.map((image) => image.b));
  const points = (defective: boolean) =>
    images.filter(({ label }) => (label !== 'good') === defective).map((image) => ({ x: image.a, y: image.b }));
  const [low, high] = [Math.max(x[0], y[0]), Math.min(x[1], y[1])];
  const svg = lineChart({
    title: `Image scores of ${a.className}, ${measure.toUpperCase()}`,
    width: 520,
    height: 440,
    x: { label: `${a.variantName}, seed ${a.seed}`, domain: x },
    y: { label: `${b.variantName}, seed ${b.seed}`, domain: y },
    series:
      low < high
        ? [
            {
              name: 'equal',
              tone: 'neutral',
              points: [
                { x: low, y: low },
                { x: high, y: high },
              ],
            },
          ]
        : [],
    markers: [
      { name: 'good', shape: 'dot', tone: 'neutral', points: points(false) },
      { name: 'defective', shape: 'ring', tone: 1, points: points(true) },
    ],
  });
  return { svg, x, y };
}
