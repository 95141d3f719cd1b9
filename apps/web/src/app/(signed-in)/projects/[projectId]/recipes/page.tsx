import type { Metadata } from 'next';
import { RecipesPage } from '#web/features/recipes/recipes-page.tsx';

export const metadata: Metadata = { title: 'Recipes' };

export default function Recipes() {
  return <RecipesPage />;
}
