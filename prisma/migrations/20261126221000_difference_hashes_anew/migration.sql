-- The hash is now of the mean of an image's channels over equal fields; older ones do not compare with it. The next leak check makes those that are missing.
UPDATE "Image" SET "differenceHash" = NULL;
