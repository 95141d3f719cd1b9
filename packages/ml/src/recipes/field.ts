import { z } from 'zod';

/** Title, help and unit of an option, as data on the schema. */
export const about = (title: string, description: string, unit?: string) => ({
  title,
  description,
  ...(unit === undefined ? {} : { unit }),
});

export const positive = z.number().int().min(1);
export const share = z.number().min(0).max(1);
