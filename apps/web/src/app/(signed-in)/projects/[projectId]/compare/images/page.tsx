import type { Metadata } from 'next';
import { TogetherPage } from '#web/features/evaluation/together/together-page.tsx';

export const metadata: Metadata = { title: 'Images side by side' };

export default function ImagesSideBySide() {
  return <TogetherPage />;
}
