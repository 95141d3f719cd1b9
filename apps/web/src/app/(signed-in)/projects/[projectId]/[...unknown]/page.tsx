import { notFound } from 'next/navigation';

/** Any other address below a project: not found, inside the frame. */
export default function Unknown() {
  notFound();
}
