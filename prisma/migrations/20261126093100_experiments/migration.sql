-- AlterTable
ALTER TABLE "TrainingRun" ADD COLUMN     "continuesId" UUID,
ADD COLUMN     "experimentId" UUID,
ADD COLUMN     "orientationRunId" UUID,
ADD COLUMN     "pauseRequestedAt" TIMESTAMPTZ(3),
ADD COLUMN     "priority" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "Experiment" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "clientKey" TEXT NOT NULL,
    "priority" INTEGER NOT NULL DEFAULT 0,
    "seeds" INTEGER[],
    "createdById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Experiment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RunLogLine" (
    "runId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "attempt" INTEGER NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "RunLogLine_pkey" PRIMARY KEY ("runId","number")
);

-- CreateTable
CREATE TABLE "RunVital" (
    "runId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "memory" DOUBLE PRECISION NOT NULL,
    "imagesPerSecond" DOUBLE PRECISION,

    CONSTRAINT "RunVital_pkey" PRIMARY KEY ("runId","at")
);

-- CreateTable
CREATE TABLE "RunOrientation" (
    "runId" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "counts" INTEGER[],

    CONSTRAINT "RunOrientation_pkey" PRIMARY KEY ("runId","epoch")
);

-- CreateIndex
CREATE INDEX "Experiment_projectId_createdAt_idx" ON "Experiment"("projectId", "createdAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "Experiment_projectId_clientKey_key" ON "Experiment"("projectId", "clientKey");

-- CreateIndex
CREATE INDEX "TrainingRun_experimentId_idx" ON "TrainingRun"("experimentId");

-- CreateIndex
CREATE INDEX "TrainingRun_orientationRunId_idx" ON "TrainingRun"("orientationRunId");

-- CreateIndex
CREATE INDEX "TrainingRun_continuesId_idx" ON "TrainingRun"("continuesId");

-- AddForeignKey
ALTER TABLE "Experiment" ADD CONSTRAINT "Experiment_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Experiment" ADD CONSTRAINT "Experiment_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrainingRun" ADD CONSTRAINT "TrainingRun_experimentId_fkey" FOREIGN KEY ("experimentId") REFERENCES "Experiment"("id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrainingRun" ADD CONSTRAINT "TrainingRun_orientationRunId_fkey" FOREIGN KEY ("orientationRunId") REFERENCES "TrainingRun"("id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrainingRun" ADD CONSTRAINT "TrainingRun_continuesId_fkey" FOREIGN KEY ("continuesId") REFERENCES "TrainingRun"("id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunLogLine" ADD CONSTRAINT "RunLogLine_runId_fkey" FOREIGN KEY ("runId") REFERENCES "TrainingRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunVital" ADD CONSTRAINT "RunVital_runId_fkey" FOREIGN KEY ("runId") REFERENCES "TrainingRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunOrientation" ADD CONSTRAINT "RunOrientation_runId_fkey" FOREIGN KEY ("runId") REFERENCES "TrainingRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A run can be put aside at a checkpoint; packages/jobs holds the same as data.
INSERT INTO "RunTransition" ("from", "to") VALUES
  ('queued', 'paused'),
  ('preparing', 'paused'),
  ('running', 'paused'),
  ('paused', 'queued'),
  ('paused', 'failed'),
  ('paused', 'cancelled');
