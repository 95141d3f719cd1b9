import { builder } from '../../builder.ts';
import { resultOf } from '../../graphql/results.ts';
import { publicId } from '../../ids.ts';
import { unlinkIdentity, whoseIdentities } from './identityService.ts';
import { UserType } from './schema.ts';

builder.prismaObject('Identity', {
  description: 'What you are called by an OIDC provider: who signs in there is signed in here.',
  fields: (t) => ({
    id: t.id({ description: 'Stable id: `idn_<uuid>`.', resolve: (identity) => publicId('Identity', identity.id) }),
    issuer: t.exposeString('issuer', { description: 'Address of the provider.' }),
    email: t.exposeString('email', { description: 'The address that the provider had verified when it was linked.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was linked.' }),
    lastUsedAt: t.expose('lastUsedAt', { type: 'DateTime', description: 'When you last signed in by it.' }),
  }),
});

builder.prismaObjectFields(UserType, (t) => ({
  identities: t.relation('identities', {
    description: 'By which OIDC providers you sign in, one a provider; only your own are shown, and none to an API token.',
    query: (_args, context) => whoseIdentities(context),
  }),
  hasPassword: t.boolean({
    nullable: true,
    description: 'Whether you can sign in by a password; null for others, and to an API token.',
    select: { passwordHash: true },
    resolve: ({ id, passwordHash }, _args, { actor }) =>
      actor?.credential.kind === 'session' && actor.userId === id ? passwordHash !== null : null,
  }),
}));

const UnlinkIdentitySuccess = builder.objectRef<{ id: string }>('UnlinkIdentitySuccess').implement({
  description: 'You no longer sign in by it.',
  fields: (t) => ({ id: t.exposeID('id', { description: 'Id of the identity.' }) }),
});

builder.mutationField('unlinkIdentity', (t) =>
  t.field({
    type: resultOf('UnlinkIdentityResult', UnlinkIdentitySuccess, 'unlinking an identity'),
    description: 'Ends that you can sign in by an OIDC provider, unless it is the only way; only from a sign-in.',
    args: { id: t.arg.id({ required: true, description: 'Id of the identity.' }) },
    resolve: async (_root, { id }, context) => ({ id: await unlinkIdentity(context, id) }),
  }),
);
