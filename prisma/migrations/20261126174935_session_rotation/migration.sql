-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "generation" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "rotatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- Sign-ins of before end by the same rule.
UPDATE "Session" SET "expiresAt" = LEAST("expiresAt", "lastSeenAt" + INTERVAL '7 days', "createdAt" + INTERVAL '30 days') WHERE "revokedAt" IS NULL;
