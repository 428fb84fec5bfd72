-- A share link of a comparison names the runs of its experiment that are compared; empty for every other link.
ALTER TABLE "share_links" ADD COLUMN "compared_runs" TEXT[] DEFAULT ARRAY[]::TEXT[];
