-- A file's name without its extension, as `stemOf` of the datasets: results are filed by it.
CREATE FUNCTION plumbline_stem(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN regexp_replace(name, '^(.+)\.[^.]*$', '\1');

-- Images that have the same stem at one place: the first keeps its name, the others get a number. Frozen versions keep the names that they hold.
DO $$
DECLARE
  image record;
  number int;
BEGIN
  FOR image IN
    SELECT * FROM (
      SELECT i.*, row_number() OVER (PARTITION BY "datasetId", "split", "label", plumbline_stem("name") ORDER BY "id") AS "nth"
      FROM "Image" i WHERE "deletedAt" IS NULL
    ) n WHERE n."nth" > 1 ORDER BY n."id"
  LOOP
    number := 2;
    WHILE EXISTS (
      SELECT 1 FROM "Image" o WHERE o."datasetId" = image."datasetId" AND o."split" = image."split" AND o."label" = image."label"
        AND o."deletedAt" IS NULL AND plumbline_stem(o."name") = plumbline_stem(image."name") || '_' || number
    ) LOOP
      number := number + 1;
    END LOOP;
    UPDATE "Image" SET "name" = plumbline_stem("name") || '_' || number || substr("name", length(plumbline_stem("name")) + 1)
    WHERE "id" = image."id";
  END LOOP;
END $$;

-- Beside the one over the whole name, which the schema can say.
CREATE UNIQUE INDEX "Image_datasetId_split_label_stem_key" ON "Image"("datasetId", "split", "label", plumbline_stem("name")) WHERE "deletedAt" IS NULL;
