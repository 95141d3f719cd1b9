-- CreateEnum
CREATE TYPE "LeakCheckState" AS ENUM ('queued', 'running', 'succeeded', 'failed');

-- DropIndex
DROP INDEX "Dataset_projectId_name_key";

-- DropIndex
DROP INDEX "Image_datasetId_sha256_key";

-- DropIndex
DROP INDEX "Image_datasetId_split_label_name_key";

-- AlterTable
ALTER TABLE "Dataset" ADD COLUMN     "deletedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Image" ADD COLUMN     "deletedAt" TIMESTAMPTZ(3),
ADD COLUMN     "differenceHash" BIGINT;

-- CreateTable
CREATE TABLE "DatasetEdit" (
    "id" UUID NOT NULL,
    "datasetId" UUID NOT NULL,
    "userId" UUID,
    "changes" JSONB NOT NULL,
    "undoneAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DatasetEdit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LeakCheck" (
    "id" UUID NOT NULL,
    "datasetId" UUID NOT NULL,
    "state" "LeakCheckState" NOT NULL DEFAULT 'queued',
    "distance" INTEGER NOT NULL,
    "sourcePattern" TEXT,
    "pairCount" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "LeakCheck_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LeakPair" (
    "checkId" UUID NOT NULL,
    "imageId" UUID NOT NULL,
    "otherId" UUID NOT NULL,
    "distance" INTEGER,
    "source" TEXT,

    CONSTRAINT "LeakPair_pkey" PRIMARY KEY ("checkId","imageId","otherId")
);

-- CreateIndex
CREATE INDEX "DatasetEdit_datasetId_idx" ON "DatasetEdit"("datasetId");

-- CreateIndex
CREATE INDEX "LeakCheck_datasetId_idx" ON "LeakCheck"("datasetId");

-- CreateIndex
CREATE INDEX "LeakPair_imageId_idx" ON "LeakPair"("imageId");

-- CreateIndex
CREATE INDEX "LeakPair_otherId_idx" ON "LeakPair"("otherId");

-- CreateIndex
CREATE UNIQUE INDEX "Dataset_projectId_name_key" ON "Dataset"("projectId", "name") WHERE ("deletedAt" IS NULL);

-- CreateIndex
CREATE INDEX "Image_datasetId_idx" ON "Image"("datasetId");

-- CreateIndex
CREATE UNIQUE INDEX "Image_datasetId_sha256_key" ON "Image"("datasetId", "sha256") WHERE ("deletedAt" IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "Image_datasetId_split_label_name_key" ON "Image"("datasetId", "split", "label", "name") WHERE ("deletedAt" IS NULL);

-- AddForeignKey
ALTER TABLE "DatasetEdit" ADD CONSTRAINT "DatasetEdit_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DatasetEdit" ADD CONSTRAINT "DatasetEdit_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LeakCheck" ADD CONSTRAINT "LeakCheck_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LeakPair" ADD CONSTRAINT "LeakPair_checkId_fkey" FOREIGN KEY ("checkId") REFERENCES "LeakCheck"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LeakPair" ADD CONSTRAINT "LeakPair_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "Image"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LeakPair" ADD CONSTRAINT "LeakPair_otherId_fkey" FOREIGN KEY ("otherId") REFERENCES "Image"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateTable
CREATE TABLE "DiscardedFile" (
    "address" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DiscardedFile_pkey" PRIMARY KEY ("address")
);
