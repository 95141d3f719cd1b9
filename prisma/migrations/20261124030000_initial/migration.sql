-- CreateEnum
CREATE TYPE "Role" AS ENUM ('owner', 'admin', 'engineer', 'viewer');

-- CreateEnum
CREATE TYPE "Split" AS ENUM ('train', 'validation', 'test');

-- CreateEnum
CREATE TYPE "ImportState" AS ENUM ('queued', 'running', 'succeeded', 'failed');

-- CreateEnum
CREATE TYPE "Verdict" AS ENUM ('accepted', 'mask', 'duplicate', 'ignored', 'refused');

-- CreateEnum
CREATE TYPE "Measure" AS ENUM ('ssim', 'mse');

-- CreateEnum
CREATE TYPE "RunState" AS ENUM ('queued', 'preparing', 'running', 'succeeded', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "RunKind" AS ENUM ('orientation', 'reconstruction');

-- CreateEnum
CREATE TYPE "CheckpointKind" AS ENUM ('best', 'last');

-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "userAgent" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Team" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Member" (
    "teamId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "role" "Role" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Member_pkey" PRIMARY KEY ("teamId","userId")
);

-- CreateTable
CREATE TABLE "FirstOwnerLink" (
    "id" UUID NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "FirstOwnerLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Project" (
    "id" UUID NOT NULL,
    "teamId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "sample" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Dataset" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Dataset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Image" (
    "id" UUID NOT NULL,
    "datasetId" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "split" "Split" NOT NULL,
    "label" TEXT NOT NULL,
    "maskSha256" TEXT,
    "thumbnailSha256" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "channels" INTEGER NOT NULL,
    "bitDepth" INTEGER NOT NULL,
    "bytes" INTEGER NOT NULL,
    "format" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Image_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DatasetVersion" (
    "id" UUID NOT NULL,
    "datasetId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "contentHash" TEXT NOT NULL,
    "imageCount" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DatasetVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DatasetVersionImage" (
    "versionId" UUID NOT NULL,
    "imageId" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "split" "Split" NOT NULL,
    "label" TEXT NOT NULL,
    "maskSha256" TEXT,

    CONSTRAINT "DatasetVersionImage_pkey" PRIMARY KEY ("versionId","imageId")
);

-- CreateTable
CREATE TABLE "DatasetImport" (
    "id" UUID NOT NULL,
    "datasetId" UUID NOT NULL,
    "state" "ImportState" NOT NULL DEFAULT 'queued',
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "source" TEXT NOT NULL,
    "files" JSONB NOT NULL,
    "total" INTEGER NOT NULL DEFAULT 0,
    "done" INTEGER NOT NULL DEFAULT 0,
    "accepted" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "reason" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "DatasetImport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ImportVerdict" (
    "importId" UUID NOT NULL,
    "path" TEXT NOT NULL,
    "verdict" "Verdict" NOT NULL,
    "reason" TEXT,

    CONSTRAINT "ImportVerdict_pkey" PRIMARY KEY ("importId","path")
);

-- CreateTable
CREATE TABLE "Evaluation" (
    "id" UUID NOT NULL,
    "checkpointId" UUID NOT NULL,
    "datasetVersionId" UUID NOT NULL,
    "protocol" JSONB NOT NULL,
    "state" "RunState" NOT NULL DEFAULT 'queued',
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "metrics" JSONB,
    "thresholds" JSONB,
    "curves" JSONB,
    "reason" TEXT,
    "workerId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),
    "heartbeatAt" TIMESTAMPTZ(3),

    CONSTRAINT "Evaluation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Reconstruction" (
    "id" UUID NOT NULL,
    "evaluationId" UUID NOT NULL,
    "imageId" UUID NOT NULL,
    "inputSha256" TEXT NOT NULL,
    "reconstructionSha256" TEXT NOT NULL,
    "networkWidth" INTEGER NOT NULL,
    "networkHeight" INTEGER NOT NULL,

    CONSTRAINT "Reconstruction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ResidualMap" (
    "reconstructionId" UUID NOT NULL,
    "measure" "Measure" NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "minimum" DOUBLE PRECISION NOT NULL,
    "maximum" DOUBLE PRECISION NOT NULL,
    "mean" DOUBLE PRECISION NOT NULL,
    "p99" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "ResidualMap_pkey" PRIMARY KEY ("reconstructionId","measure")
);

-- CreateTable
CREATE TABLE "Recipe" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Recipe_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Variant" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "recipeId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Variant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RunTransition" (
    "from" "RunState" NOT NULL,
    "to" "RunState" NOT NULL,

    CONSTRAINT "RunTransition_pkey" PRIMARY KEY ("from","to")
);

-- CreateTable
CREATE TABLE "TrainingRun" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "variantId" UUID NOT NULL,
    "recipeId" UUID NOT NULL,
    "datasetVersionId" UUID NOT NULL,
    "createdById" UUID,
    "kind" "RunKind" NOT NULL DEFAULT 'reconstruction',
    "seed" INTEGER NOT NULL,
    "state" "RunState" NOT NULL DEFAULT 'queued',
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "epochs" INTEGER NOT NULL,
    "imagesPerSecond" DOUBLE PRECISION,
    "secondsLeft" DOUBLE PRECISION,
    "trainLoss" DOUBLE PRECISION,
    "validationLoss" DOUBLE PRECISION,
    "dataVariance" DOUBLE PRECISION,
    "warning" TEXT,
    "reason" TEXT,
    "engine" JSONB,
    "workerId" UUID,
    "cancelRequestedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),
    "heartbeatAt" TIMESTAMPTZ(3),

    CONSTRAINT "TrainingRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RunPoint" (
    "runId" UUID NOT NULL,
    "series" TEXT NOT NULL,
    "step" INTEGER NOT NULL,
    "epoch" INTEGER NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "RunPoint_pkey" PRIMARY KEY ("runId","series","step")
);

-- CreateTable
CREATE TABLE "RunPreview" (
    "runId" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "imageId" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,

    CONSTRAINT "RunPreview_pkey" PRIMARY KEY ("runId","epoch","imageId")
);

-- CreateTable
CREATE TABLE "Checkpoint" (
    "id" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "kind" "CheckpointKind" NOT NULL,
    "epoch" INTEGER NOT NULL,
    "files" JSONB NOT NULL,
    "manifest" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Checkpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Worker" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "engine" JSONB,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "heartbeatAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "stoppedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Worker_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- CreateIndex
CREATE INDEX "Member_userId_idx" ON "Member"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "FirstOwnerLink_tokenHash_key" ON "FirstOwnerLink"("tokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "Project_teamId_name_key" ON "Project"("teamId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "Dataset_projectId_name_key" ON "Dataset"("projectId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "Image_datasetId_sha256_key" ON "Image"("datasetId", "sha256");

-- CreateIndex
CREATE UNIQUE INDEX "Image_datasetId_split_label_name_key" ON "Image"("datasetId", "split", "label", "name");

-- CreateIndex
CREATE UNIQUE INDEX "DatasetVersion_datasetId_number_key" ON "DatasetVersion"("datasetId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "DatasetVersion_datasetId_contentHash_key" ON "DatasetVersion"("datasetId", "contentHash");

-- CreateIndex
CREATE INDEX "DatasetVersionImage_imageId_idx" ON "DatasetVersionImage"("imageId");

-- CreateIndex
CREATE INDEX "DatasetImport_datasetId_idx" ON "DatasetImport"("datasetId");

-- CreateIndex
CREATE INDEX "Evaluation_datasetVersionId_idx" ON "Evaluation"("datasetVersionId");

-- CreateIndex
CREATE UNIQUE INDEX "Evaluation_checkpointId_datasetVersionId_key" ON "Evaluation"("checkpointId", "datasetVersionId");

-- CreateIndex
CREATE INDEX "Reconstruction_imageId_idx" ON "Reconstruction"("imageId");

-- CreateIndex
CREATE UNIQUE INDEX "Reconstruction_evaluationId_imageId_key" ON "Reconstruction"("evaluationId", "imageId");

-- CreateIndex
CREATE UNIQUE INDEX "Recipe_projectId_hash_key" ON "Recipe"("projectId", "hash");

-- CreateIndex
CREATE UNIQUE INDEX "Variant_projectId_name_key" ON "Variant"("projectId", "name");

-- CreateIndex
CREATE INDEX "TrainingRun_projectId_createdAt_idx" ON "TrainingRun"("projectId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "TrainingRun_state_idx" ON "TrainingRun"("state");

-- CreateIndex
CREATE INDEX "TrainingRun_datasetVersionId_idx" ON "TrainingRun"("datasetVersionId");

-- CreateIndex
CREATE INDEX "TrainingRun_variantId_idx" ON "TrainingRun"("variantId");

-- CreateIndex
CREATE UNIQUE INDEX "Checkpoint_runId_kind_key" ON "Checkpoint"("runId", "kind");

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Member" ADD CONSTRAINT "Member_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Member" ADD CONSTRAINT "Member_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Project" ADD CONSTRAINT "Project_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Dataset" ADD CONSTRAINT "Dataset_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Image" ADD CONSTRAINT "Image_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DatasetVersion" ADD CONSTRAINT "DatasetVersion_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DatasetVersionImage" ADD CONSTRAINT "DatasetVersionImage_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "DatasetVersion"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DatasetVersionImage" ADD CONSTRAINT "DatasetVersionImage_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "Image"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DatasetImport" ADD CONSTRAINT "DatasetImport_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ImportVerdict" ADD CONSTRAINT "ImportVerdict_importId_fkey" FOREIGN KEY ("importId") REFERENCES "DatasetImport"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Evaluation" ADD CONSTRAINT "Evaluation_checkpointId_fkey" FOREIGN KEY ("checkpointId") REFERENCES "Checkpoint"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Evaluation" ADD CONSTRAINT "Evaluation_datasetVersionId_fkey" FOREIGN KEY ("datasetVersionId") REFERENCES "DatasetVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Reconstruction" ADD CONSTRAINT "Reconstruction_evaluationId_fkey" FOREIGN KEY ("evaluationId") REFERENCES "Evaluation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Reconstruction" ADD CONSTRAINT "Reconstruction_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "Image"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ResidualMap" ADD CONSTRAINT "ResidualMap_reconstructionId_fkey" FOREIGN KEY ("reconstructionId") REFERENCES "Reconstruction"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Recipe" ADD CONSTRAINT "Recipe_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Variant" ADD CONSTRAINT "Variant_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Variant" ADD CONSTRAINT "Variant_recipeId_fkey" FOREIGN KEY ("recipeId") REFERENCES "Recipe"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrainingRun" ADD CONSTRAINT "TrainingRun_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrainingRun" ADD CONSTRAINT "TrainingRun_variantId_fkey" FOREIGN KEY ("variantId") REFERENCES "Variant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrainingRun" ADD CONSTRAINT "TrainingRun_recipeId_fkey" FOREIGN KEY ("recipeId") REFERENCES "Recipe"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrainingRun" ADD CONSTRAINT "TrainingRun_datasetVersionId_fkey" FOREIGN KEY ("datasetVersionId") REFERENCES "DatasetVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrainingRun" ADD CONSTRAINT "TrainingRun_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrainingRun" ADD CONSTRAINT "TrainingRun_workerId_fkey" FOREIGN KEY ("workerId") REFERENCES "Worker"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunPoint" ADD CONSTRAINT "RunPoint_runId_fkey" FOREIGN KEY ("runId") REFERENCES "TrainingRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunPreview" ADD CONSTRAINT "RunPreview_runId_fkey" FOREIGN KEY ("runId") REFERENCES "TrainingRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Checkpoint" ADD CONSTRAINT "Checkpoint_runId_fkey" FOREIGN KEY ("runId") REFERENCES "TrainingRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Below: what the schema language cannot say. The drift test compares the rest only.

-- The state table of TrainingRun and Evaluation; packages/jobs holds the same as data, and a test compares them.
INSERT INTO "RunTransition" ("from", "to") VALUES
  ('queued', 'preparing'),
  ('queued', 'failed'),
  ('queued', 'cancelled'),
  ('preparing', 'running'),
  ('preparing', 'queued'),
  ('preparing', 'failed'),
  ('preparing', 'cancelled'),
  ('running', 'succeeded'),
  ('running', 'queued'),
  ('running', 'failed'),
  ('running', 'cancelled');

-- A run begins queued; only the transitions above; nothing of a finished run changes but who and when (bookkeeping); an attempt never goes back.
CREATE FUNCTION plumbline_guard_run_state() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  bookkeeping CONSTANT text[] := ARRAY['attempt', 'workerId', 'createdById', 'heartbeatAt', 'cancelRequestedAt'];
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW."state" <> 'queued' THEN
      RAISE EXCEPTION '% % begins as queued, not as %', TG_TABLE_NAME, NEW."id", NEW."state" USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW."attempt" < OLD."attempt" THEN
    RAISE EXCEPTION '% %: attempt % cannot follow attempt %', TG_TABLE_NAME, NEW."id", NEW."attempt", OLD."attempt" USING ERRCODE = 'check_violation';
  END IF;
  IF NEW."state" <> OLD."state" THEN
    IF NOT EXISTS (SELECT 1 FROM "RunTransition" t WHERE t."from" = OLD."state" AND t."to" = NEW."state") THEN
      RAISE EXCEPTION '% % cannot go from % to %', TG_TABLE_NAME, NEW."id", OLD."state", NEW."state" USING ERRCODE = 'check_violation';
    END IF;
  ELSIF OLD."state" IN ('succeeded', 'failed', 'cancelled') AND to_jsonb(NEW) - bookkeeping <> to_jsonb(OLD) - bookkeeping THEN
    RAISE EXCEPTION '% % is % and does not change any more', TG_TABLE_NAME, NEW."id", OLD."state" USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER "TrainingRun_state" BEFORE INSERT OR UPDATE ON "TrainingRun" FOR EACH ROW EXECUTE FUNCTION plumbline_guard_run_state();
CREATE TRIGGER "Evaluation_state" BEFORE INSERT OR UPDATE ON "Evaluation" FOR EACH ROW EXECUTE FUNCTION plumbline_guard_run_state();

-- What a result depends on is frozen: another content is another row.
CREATE FUNCTION plumbline_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a % never changes: make another one', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;

CREATE TRIGGER "DatasetVersion_frozen" BEFORE UPDATE ON "DatasetVersion" FOR EACH ROW EXECUTE FUNCTION plumbline_refuse_change();
CREATE TRIGGER "DatasetVersionImage_frozen" BEFORE UPDATE ON "DatasetVersionImage" FOR EACH ROW EXECUTE FUNCTION plumbline_refuse_change();
CREATE TRIGGER "Recipe_frozen" BEFORE UPDATE OF "hash", "document" ON "Recipe" FOR EACH ROW EXECUTE FUNCTION plumbline_refuse_change();

ALTER TABLE "User" ADD CONSTRAINT "User_email_lower_case" CHECK ("email" = lower("email"));
