-- AlterTable
ALTER TABLE "Reconstruction" ADD COLUMN "orientations" DOUBLE PRECISION[];
