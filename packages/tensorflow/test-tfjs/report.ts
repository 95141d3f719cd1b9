import { writeFileSync } from 'node:fs';

/** What the child process hands back: names of the specs by outcome. */
export interface SuiteResult {
  /** All that were chosen, the pending ones included. */
  readonly specs: number;
  readonly passed: number;
  readonly pending: number;
  readonly failures: readonly { readonly name: string; readonly message: string }[];
}

interface SpecDone {
  readonly fullName: string;
  readonly status: string;
  readonly failedExpectations: readonly { readonly message: string }[];
}

/** The part of jasmine's runner that is used. */
export interface Runner {
  exitOnCompletion: boolean;
  clearReporters(): void;
  addReporter(reporter: { specDone(result: SpecDone): void }): void;
  execute(): Promise<{ overallStatus: string; incompleteReason?: string }>;
}

/** Runs the loaded specs and writes their outcome to the file named by PLUMBLINE_SPEC_RESULTS. */
export async function runAndReport(runner: Runner): Promise<void> {
  const counts: Record<string, number> = {};
  const failures: { name: string; message: string }[] = [];
  runner.exitOnCompletion = false;
  runner.clearReporters();
  runner.addReporter({
    specDone({ fullName, status, failedExpectations }) {
      counts[status] = (counts[status] ?? 0) + 1;
      if (status === 'failed')
        failures.push({
          name: fullName,
          message: failedExpectations
            .map((e) => e.message)
            .join('; ')
            .slice(0, 500),
        });
    },
  });
  const { overallStatus, incompleteReason } = await runner.execute();
  if (overallStatus === 'incomplete' && incompleteReason !== 'No specs found')
    failures.push({ name: 'the suite as a whole', message: String(incompleteReason) });
  const { passed = 0, pending = 0, failed = 0 } = counts;
  const result: SuiteResult = { specs: passed + failed + pending, passed, pending, failures };
  writeFileSync(process.env.PLUMBLINE_SPEC_RESULTS ?? '', JSON.stringify(result));
  process.exit(0);
}
