import type { Metadata } from 'next';
import { CommentsPage } from '#web/features/comments/comments-page.tsx';

export const metadata: Metadata = { title: 'Comments' };

export default function Comments() {
  return <CommentsPage />;
}
