-- AlterTable
ALTER TABLE "TrainingRun" ADD COLUMN "phase" TEXT;
