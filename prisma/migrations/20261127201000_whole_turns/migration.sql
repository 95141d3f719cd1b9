-- The turns of patches were kept modulo 180° and read as the one nearest to upright; from now on they are kept as they were, in [0, 360).
UPDATE "Reconstruction" SET "orientations" = ARRAY(
  SELECT CASE WHEN a >= 90 THEN a + 180 ELSE a END FROM unnest("orientations") WITH ORDINALITY AS t(a, n) ORDER BY n
) WHERE cardinality("orientations") > 0;
