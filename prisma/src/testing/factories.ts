import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Dataset, Image, Prisma, Project, Recipe, Role, Team, TrainingRun, User, Variant } from '../../generated/client/client.ts';

/** A client or a transaction. */
export type Db = Prisma.TransactionClient;

/** Any sha256: of random bytes, or of the text given. */
export function anySha256(text: string = randomUUID()): string {
  return createHash('sha256').update(text).digest('hex');
}

const unique = () => randomBytes(4).toString('hex');

/** A person nobody can sign in as unless a password hash is given. */
export function createUser(db: Db, data: Partial<Prisma.UserUncheckedCreateInput> = {}): Promise<User> {
  return db.user.create({ data: { name: 'Ada Tester', email: `ada-${unique()}@example.org`, passwordHash: '!', ...data } });
}

export async function createMember(db: Db, team: Team, role: Role, data: Partial<Prisma.UserUncheckedCreateInput> = {}): Promise<User> {
  const user = await createUser(db, { name: `The ${role}`, email: `${role}-${unique()}@example.org`, ...data });
  await db.member.create({ data: { teamId: team.id, userId: user.id, role } });
  return user;
}

export function createTeam(db: Db, data: Partial<Prisma.TeamUncheckedCreateInput> = {}): Promise<Team> {
  return db.team.create({ data: { name: `Team ${unique()}`, ...data } });
}

export function createProject(db: Db, team: Team, data: Partial<Prisma.ProjectUncheckedCreateInput> = {}): Promise<Project> {
  return db.project.create({ data: { name: `Project ${unique()}`, ...data, teamId: team.id } });
}

export function createDataset(db: Db, project: Project, data: Partial<Prisma.DatasetUncheckedCreateInput> = {}): Promise<Dataset> {
  return db.dataset.create({ data: { name: `Dataset ${unique()}`, ...data, projectId: project.id } });
}

/** An Image row; its files are in storage only where the caller put them there and gives their addresses. */
export function createImage(db: Db, dataset: Dataset, data: Partial<Prisma.ImageUncheckedCreateInput> = {}): Promise<Image> {
  return db.image.create({
    data: {
      sha256: anySha256(),
      thumbnailSha256: anySha256(),
      name: `${unique()}.png`,
      split: 'train',
      label: 'good',
      width: 64,
      height: 64,
      channels: 1,
      bitDepth: 8,
      bytes: 1000,
      format: 'png',
      ...data,
      datasetId: dataset.id,
    },
  });
}

export function createRecipe(db: Db, project: Project, data: Partial<Prisma.RecipeUncheckedCreateInput> = {}): Promise<Recipe> {
  return db.recipe.create({ data: { name: 'ae', hash: anySha256(), document: {}, ...data, projectId: project.id } });
}

export function createVariant(db: Db, recipe: Recipe, data: Partial<Prisma.VariantUncheckedCreateInput> = {}): Promise<Variant> {
  return db.variant.create({ data: { name: `Variant ${unique()}`, ...data, projectId: recipe.projectId, recipeId: recipe.id } });
}

export function createRun(
  db: Db,
  variant: Variant,
  datasetVersion: { readonly id: string },
  data: Partial<Prisma.TrainingRunUncheckedCreateInput> = {},
): Promise<TrainingRun> {
  return db.trainingRun.create({
    data: {
      seed: 1,
      epochs: 3,
      ...data,
      projectId: variant.projectId,
      variantId: variant.id,
      recipeId: variant.recipeId,
      datasetVersionId: datasetVersion.id,
    },
  });
}
