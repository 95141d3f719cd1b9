import type { Metadata } from 'next';
import { VariantPage } from '#web/features/recipes/variant-page.tsx';

export const metadata: Metadata = { title: 'Variant' };

export default function Variant() {
  return <VariantPage />;
}
