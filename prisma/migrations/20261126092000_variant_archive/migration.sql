-- AlterTable
ALTER TABLE "Variant" ADD COLUMN "archivedAt" TIMESTAMPTZ(3);
