import { builder } from '../../builder.ts';
import { InvalidInput } from '../../problems.ts';
import { linkToFile, type FileLink } from './service.ts';

const usualMinutes = 15;

const FileLinkType = builder.objectRef<FileLink>('FileLink').implement({
  description: 'An address that opens a file for a while without a sign-in or a token.',
  fields: (t) => ({
    url: t.exposeString('url', { description: 'The address, relative to the server. Whoever has it may read the file.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      description: 'Until when; it ends earlier with the sign-in or token that made it.',
    }),
  }),
});

const FileLinkResult = builder.errorUnion('FileLinkResult', {
  description: 'A link, or why there is none.',
  types: [FileLinkType, InvalidInput],
  resolveType: () => 'FileLink',
});

builder.queryField('fileLink', (t) =>
  t.field({
    type: FileLinkResult,
    description: 'Makes a link to a file for somebody or something without an account, such as a program on another machine.',
    args: {
      url: t.arg.string({ required: true, description: 'The address as the API tells it: `/files/…`.' }),
      minutes: t.arg.int({ description: 'How long it lasts: from 1 to 1440; 15 when left out.' }),
    },
    resolve: (_root, { url, minutes }, context) => linkToFile(context, { url, minutes: minutes ?? usualMinutes }),
  }),
);
