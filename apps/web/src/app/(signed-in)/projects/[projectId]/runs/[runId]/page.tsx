import type { Metadata } from 'next';
import { RunPage } from '#web/features/runs/run-page.tsx';

export const metadata: Metadata = { title: 'Run' };

export default async function Run({ params }: { params: Promise<{ runId: string }> }) {
  const { runId } = await params;
  return <RunPage key={runId} runId={decodeURIComponent(runId)} />;
}
