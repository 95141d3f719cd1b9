'use client';

import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '#web/components/ui/button.tsx';
import { Dialog } from '#web/components/ui/dialog.tsx';
import { Field, Input, TextField } from '#web/components/ui/field.tsx';
import { Segmented } from '#web/components/ui/segmented.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { Banner } from '#web/components/ui/state.tsx';
import { Cell, HeadCell, Row, Table } from '#web/components/ui/table.tsx';
import type { Split } from '#web/graphql/generated/graphql.ts';
import { count, plural } from '#web/lib/numbers.ts';
import { labelCounts, splitCounts, type SplitLabelCount } from '../counts.ts';
import { effectNotes } from './effect-words.ts';
import { useImageEdit, type ImageEditInput } from './use-image-edit.ts';
import { usePreview } from './use-preview.ts';

const splits: readonly Split[] = ['train', 'validation', 'test'];

interface SplitDialogProps {
  readonly datasetId: string;
  readonly counts: readonly SplitLabelCount[];
  readonly onClose: () => void;
}

/** Divides the dataset by a rule; the counts that come of it are shown before anything moves. */
export function SplitDialog({ datasetId, counts, onClose }: SplitDialogProps) {
  const [rule, setRule] = useState<'fractions' | 'name'>('fractions');
  const [percents, setPercents] = useState({ train: '70', validation: '10', test: '20' });
  const [seed, setSeed] = useState('1');
  const [rules, setRules] = useState<readonly { pattern: string; split: Split }[]>([{ pattern: '', split: 'train' }]);
  const input = rule === 'fractions' ? fractionsOf(percents, seed) : rulesOf(rules);
  const preview = usePreview(input === null ? null : { datasetId, ...input });
  const { edit, busy } = useImageEdit(datasetId);
  const { effect } = preview;
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => (open ? undefined : onClose())}
      title="Divide by rule"
      description="Frozen versions keep the splits that they have; the next training sees the new ones."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            tone="primary"
            busy={busy}
            disabled={!input || preview.stale || !effect || effect.changed === 0}
            onClick={() => void (input && edit(input).then((done) => (done ? onClose() : undefined)))}
          >
            {effect && effect.changed > 0 ? `Move ${plural(effect.moved, 'image')}` : 'Nothing moves'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Segmented
          label="Rule"
          value={rule}
          onValueChange={setRule}
          className="self-start"
          options={[
            { value: 'fractions', label: 'By fractions' },
            { value: 'name', label: 'By name' },
          ]}
        />
        {rule === 'fractions' ? (
          <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
            {splits.map((split) => (
              <TextField
                key={split}
                label={`${split}, %`}
                inputMode="decimal"
                value={percents[split]}
                onChange={(event) => setPercents((now) => ({ ...now, [split]: event.target.value }))}
              />
            ))}
            <TextField label="Seed" inputMode="numeric" value={seed} onChange={(event) => setSeed(event.target.value)} />
          </div>
        ) : (
          <NameRules rules={rules} onChange={setRules} />
        )}
        {input === null ? (
          <p className="text-xs text-ink-2">
            {rule === 'fractions'
              ? 'Percentages from 0 to 100, not all 0, and a whole number as seed.'
              : 'Write a pattern: * stands for anything, ? for one character. The first rule that fits decides; other images stay.'}
          </p>
        ) : preview.problem ? (
          <Banner tone="error">{preview.problem}</Banner>
        ) : (
          <CountsTable now={counts} then={effect?.counts ?? null} />
        )}
        {input && effect && !preview.problem ? (
          <ul className="flex flex-col gap-1 text-xs text-ink-2">
            {effectNotes(effect).map((note) => (
              <li key={note}>{note}</li>
            ))}
            {rule === 'fractions' ? <li>Good images are drawn by the seed; defective ones are for testing.</li> : null}
          </ul>
        ) : null}
      </div>
    </Dialog>
  );
}

function fractionsOf(percents: Readonly<Record<Split, string>>, seed: string): ImageEditInput | null {
  const [train = NaN, validation = NaN, test = NaN] = splits.map((split) =>
    percents[split].trim() === '' ? NaN : Number(percents[split]) / 100,
  );
  const whole = Number(seed);
  if (![train, validation, test].every((one) => one >= 0 && one <= 1) || train + validation + test === 0) return null;
  if (seed.trim() === '' || !Number.isInteger(whole) || whole < 0 || whole > 2 ** 31 - 1) return null;
  return { byFractions: { train, validation, test, seed: whole } };
}

function rulesOf(rules: readonly { pattern: string; split: Split }[]): ImageEditInput | null {
  const written = rules.filter(({ pattern }) => pattern.trim() !== '').map(({ pattern, split }) => ({ pattern: pattern.trim(), split }));
  return written.length > 0 ? { byName: written } : null;
}

interface NameRulesProps {
  readonly rules: readonly { pattern: string; split: Split }[];
  readonly onChange: (rules: readonly { pattern: string; split: Split }[]) => void;
}

function NameRules({ rules, onChange }: NameRulesProps) {
  const change = (index: number, next: Partial<{ pattern: string; split: Split }>) =>
    onChange(rules.map((rule, i) => (i === index ? { ...rule, ...next } : rule)));
  return (
    <Field label="Names that fit go to">
      {(control) => (
        <ul className="flex flex-col gap-2">
          {rules.map((rule, index) => (
            <li key={index} className="flex items-center gap-2">
              <Input
                {...(index === 0 ? control : {})}
                aria-label={`Pattern ${index + 1}`}
                className="min-w-0 flex-1 font-mono"
                placeholder="cam1_*"
                value={rule.pattern}
                onChange={(event) => change(index, { pattern: event.target.value })}
              />
              <Select
                label={`Split of pattern ${index + 1}`}
                className="w-36!"
                value={rule.split}
                onValueChange={(value) => change(index, { split: splits.find((one) => one === value) ?? 'train' })}
                options={splits.map((split) => ({ value: split, label: split }))}
              />
              <IconButton
                label={`Remove pattern ${index + 1}`}
                disabled={rules.length === 1}
                onClick={() => onChange(rules.filter((_rule, i) => i !== index))}
              >
                <X />
              </IconButton>
            </li>
          ))}
          <li>
            <Button size="small" onClick={() => onChange([...rules, { pattern: '', split: 'test' }])} disabled={rules.length >= 20}>
              <Plus /> Another pattern
            </Button>
          </li>
        </ul>
      )}
    </Field>
  );
}

function CountsTable({ now, then }: { now: readonly SplitLabelCount[]; then: readonly SplitLabelCount[] | null }) {
  const labels = labelCounts([...now, ...(then ?? [])], null).map(({ label }) => label);
  const of = (counts: readonly SplitLabelCount[], label: string) => splitCounts(counts.filter((one) => one.label === label));
  return (
    <Table>
      <thead>
        <tr>
          <HeadCell>Label</HeadCell>
          {splits.map((split) => (
            <HeadCell key={split} numeric>
              {split}
            </HeadCell>
          ))}
        </tr>
      </thead>
      <tbody>
        {labels.map((label) => (
          <Row key={label}>
            <Cell>{label}</Cell>
            {splits.map((split) => {
              const [before, after] = [of(now, label)[split], then ? of(then, label)[split] : null];
              return (
                <Cell key={split} numeric>
                  {after !== null && after !== before ? <span className="text-ink-3">{count(before)} → </span> : null}
                  {after === null ? <span className="text-ink-3">{count(before)}</span> : count(after)}
                </Cell>
              );
            })}
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
