'use client';

import { Input } from '#web/components/ui/field.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { answerProblem, type PlaceAnswer, type PlaceKind } from './loose-files.ts';

const words: Readonly<Record<PlaceKind, { name: string; detail: string }>> = {
  train: { name: 'Good, to learn from', detail: 'train/good' },
  test: { name: 'Good, to test with', detail: 'test/good' },
  defect: { name: 'Defective, to test with', detail: 'test/<defect>' },
  validation: { name: 'Good, to set thresholds with', detail: 'validation/good' },
  mask: { name: 'Masks of the images of their names', detail: 'outline the defects' },
  leave: { name: 'Leave out', detail: 'not uploaded' },
};

/** The defects that a dataset has already, offered by the fields of one dialog. */
export function KnownDefects({ defects }: { readonly defects: readonly string[] }) {
  return (
    <datalist id="known-defects">
      {defects.map((defect) => (
        <option key={defect} value={defect} />
      ))}
    </datalist>
  );
}

interface PlaceFieldProps {
  /** What is asked about, as a title: "Images in photos". */
  readonly of: string;
  readonly kinds: readonly PlaceKind[];
  readonly answer: PlaceAnswer;
  /** What is wrong with the answer is shown only after somebody tried to go on with it. */
  readonly tried: boolean;
  readonly onChange: (change: Partial<PlaceAnswer>) => void;
  readonly onSubmit: () => void;
}

/** Asks what images are: good or defective, to learn from or to test with. */
export function PlaceField({ of, kinds, answer, tried, onChange, onSubmit }: PlaceFieldProps) {
  const problem = tried ? answerProblem(answer) : null;
  return (
    <div className="flex flex-col gap-1.5">
      <Select
        label={`What ${of.toLowerCase()} are`}
        value={answer.kind}
        onValueChange={(kind) => onChange({ kind: kinds.find((one) => one === kind) ?? 'leave' })}
        options={kinds.map((kind) => ({ value: kind, label: words[kind].name, detail: words[kind].detail }))}
      />
      {answer.kind === 'defect' ? (
        <>
          <Input
            aria-label={`Defect of ${of.toLowerCase()}`}
            aria-invalid={problem ? true : undefined}
            placeholder="Name of the defect, e.g. scratch"
            value={answer.defect}
            maxLength={80}
            list="known-defects"
            autoComplete="off"
            onChange={(event) => onChange({ defect: event.target.value })}
            onKeyDown={(event) => (event.key === 'Enter' ? onSubmit() : undefined)}
          />
          {problem ? (
            <p role="alert" className="text-xs text-bad">
              {problem}
            </p>
          ) : null}
        </>
      ) : null}
    </div>
  );
}
