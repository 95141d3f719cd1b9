import { builder } from '../../builder.ts';
import { connectionOf, pageArgs, pageComplexity, relationsOf } from '../../graphql/connections.ts';
import { InvalidInput, orNull } from '../../problems.ts';
import { ProjectType } from '../projects/schema.ts';
import { previewRecipe, readCatalogue, type CatalogueEntry, type RecipePreview } from './service.ts';
import { listVariants, readVariant } from './variantService.ts';

const CatalogueRecipeType = builder.objectRef<CatalogueEntry>('CatalogueRecipe').implement({
  description: 'A named recipe that comes with the platform.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name, such as `sample/ae`.' }),
    summary: t.exposeString('summary', { description: 'One sentence on what it is for.' }),
    document: t.expose('document', { type: 'JSON', description: 'The full recipe, every default filled in.' }),
    hash: t.exposeString('hash', { description: 'sha256 of what it decides; its name is left out.' }),
  }),
});

const RecipePreviewType = builder.objectRef<RecipePreview>('RecipePreview').implement({
  description: 'What a recipe comes to.',
  fields: (t) => ({
    document: t.expose('document', { type: 'JSON', description: 'The full recipe, every default filled in.' }),
    hash: t.exposeString('hash', { description: 'sha256 of what it decides; its name is left out.' }),
    parameters: t.exposeInt('parameters', { description: 'How many weights the model has.' }),
  }),
});

const ResolveRecipeResult = builder.errorUnion('ResolveRecipeResult', {
  description: 'The full recipe, or what is wrong with it.',
  types: [RecipePreviewType, InvalidInput],
  resolveType: () => 'RecipePreview',
});

export const RecipeType = builder.prismaNode('Recipe', {
  id: { field: 'id' },
  description: 'Everything that decides a model but the data and the seed. Never changes.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The named recipe that it came from.' }),
    hash: t.exposeString('hash', { description: 'sha256 of what it decides; its name is left out.' }),
    document: t.expose('document', { type: 'JSON', description: 'The full recipe, every default filled in.' }),
  }),
});

export const RecipeInput = builder.inputType('RecipeInput', {
  description: 'A recipe: a name of the catalogue with settings on top.',
  fields: (t) => ({
    base: t.string({ required: true, description: 'A name of the catalogue.' }),
    sets: t.stringList({ description: 'Settings such as `model.latent=32`, applied in order.' }),
  }),
});

export const VariantType = builder.prismaNode('Variant', {
  id: { field: 'id' },
  description: 'A named recipe in a project: what a team compares.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What people call it; unique in the project.' }),
    recipe: t.relation('recipe', { description: 'The recipe that it names.' }),
    project: t.relation('project', { description: 'The project that it belongs to.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    archivedAt: t.expose('archivedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was put out of the way; null while it is offered.',
    }),
  }),
});

builder.prismaObjectField(ProjectType, 'variants', (t) =>
  t.relation('variants', {
    description: 'Its variants that are not archived, by name.',
    query: { where: { archivedAt: null }, orderBy: { name: 'asc' } },
  }),
);

const VariantsConnection = connectionOf('ProjectVariantsConnection', VariantType, 'variants');

builder.prismaObjectField(ProjectType, 'variantPage', (t) =>
  t.field({
    type: VariantsConnection,
    description: 'Its variants page by page, by name.',
    complexity: pageComplexity,
    args: {
      first: t.arg.int({ description: pageArgs.first }),
      after: t.arg.string({ description: pageArgs.after }),
      archived: t.arg.boolean({ description: 'The archived ones instead of those that are offered.' }),
    },
    resolve: (project, args, context, info) =>
      listVariants(context, project, args, relationsOf(context, info, 'Variant', ['edges', 'node'])),
  }),
);

builder.queryFields((t) => ({
  variant: t.field({
    type: VariantType,
    nullable: true,
    description: 'A variant; null when there is none, or you are no member of its team.',
    args: { id: t.arg.id({ required: true, description: 'Id of the variant.' }) },
    resolve: (_root, { id }, context, info) => orNull(readVariant(context, id, relationsOf(context, info, 'Variant'))),
  }),
  recipeCatalogue: t.field({
    type: [CatalogueRecipeType],
    description: 'The named recipes that come with the platform.',
    resolve: (_root, _args, context) => readCatalogue(context),
  }),
  resolveRecipe: t.field({
    type: ResolveRecipeResult,
    description: 'The full recipe of a name with settings on top, or the sentence that says what is wrong.',
    args: {
      base: t.arg.string({ required: true, description: 'A name of the catalogue.' }),
      sets: t.arg.stringList({ description: 'Settings such as `training.epochs=5`, applied in order.' }),
    },
    resolve: (_root, { base, sets }, context) => previewRecipe(context, base, sets),
  }),
}));
