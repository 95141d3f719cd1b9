-- DropIndex
DROP INDEX "Evaluation_checkpointId_datasetVersionId_key";

-- AlterTable
ALTER TABLE "Evaluation" ADD COLUMN     "cancelRequestedAt" TIMESTAMPTZ(3),
ADD COLUMN     "createdById" UUID,
ADD COLUMN     "protocolHash" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "DatasetImport" ADD COLUMN     "createdById" UUID;

-- A protocol's hash has its one home here: jsonb has one text for equal values, whoever writes the row.
CREATE FUNCTION plumbline_hash_protocol() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."protocolHash" := encode(sha256(convert_to(NEW."protocol"::text, 'UTF8')), 'hex');
  RETURN NEW;
END $$;

-- Finished evaluations change no more; the hash says nothing new of them.
ALTER TABLE "Evaluation" DISABLE TRIGGER "Evaluation_state";
UPDATE "Evaluation" SET "protocolHash" = encode(sha256(convert_to("protocol"::text, 'UTF8')), 'hex');
ALTER TABLE "Evaluation" ENABLE TRIGGER "Evaluation_state";

CREATE TRIGGER "Evaluation_protocol" BEFORE INSERT OR UPDATE OF "protocol", "protocolHash" ON "Evaluation" FOR EACH ROW EXECUTE FUNCTION plumbline_hash_protocol();

-- CreateIndex
CREATE UNIQUE INDEX "Evaluation_checkpointId_datasetVersionId_protocolHash_key" ON "Evaluation"("checkpointId", "datasetVersionId", "protocolHash");

-- AddForeignKey
ALTER TABLE "Evaluation" ADD CONSTRAINT "Evaluation_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DatasetImport" ADD CONSTRAINT "DatasetImport_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;
