import type { Role } from '#web/graphql/generated/graphql.ts';

/** From most to least, with what each may do. */
export const roles: readonly { readonly value: Role; readonly does: string }[] = [
  { value: 'owner', does: 'everything, owners included' },
  { value: 'admin', does: 'manages projects, datasets and members' },
  { value: 'engineer', does: 'brings data, trains and evaluates' },
  { value: 'viewer', does: 'looks and compares' },
];

export const isAdmin = (role: Role): boolean => role === 'admin' || role === 'owner';

/** The roles that somebody with this one may give. */
export const grantable = (role: Role) => roles.filter(({ value }) => value !== 'owner' || role === 'owner');
