import { builder } from '../../builder.ts';
import { resultOf } from '../../graphql/results.ts';
import { saveMask } from './maskService.ts';
import { ImageType } from './schema.ts';

const SaveMaskSuccess = builder.objectRef<{ image: typeof ImageType.$inferType }>('SaveMaskSuccess').implement({
  description: 'The image has this mask.',
  fields: (t) => ({ image: t.field({ type: ImageType, description: 'The image.', resolve: ({ image }) => image }) }),
});

const SaveMaskInput = builder.inputType('SaveMaskInput', {
  description: 'A drawn mask.',
  fields: (t) => ({
    imageId: t.id({ required: true, description: 'The image that it outlines a defect of.' }),
    png: t.string({
      required: true,
      description: "A PNG at the image's own size, base64: values above 127 are the defect. One without such a pixel takes the mask away.",
    }),
    replaces: t.string({
      description: '`maskSha256` of the mask that was drawn over; left out where there was none. Another one by now is refused.',
    }),
    label: t.string({ description: 'The defect that the image shows; needed where it is labelled `good`, which then moves it to test.' }),
  }),
});

builder.mutationField('saveMask', (t) =>
  t.field({
    type: resultOf('SaveMaskResult', SaveMaskSuccess, 'saving a mask'),
    description: 'Gives an image a mask, or takes it away; frozen versions keep theirs. For engineers, admins and owners.',
    args: { input: t.arg({ type: SaveMaskInput, required: true, description: 'The mask.' }) },
    resolve: async (_root, { input }, context) => ({ image: await saveMask(context, input) }),
  }),
);
