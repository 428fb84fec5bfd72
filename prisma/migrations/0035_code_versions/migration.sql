-- Runs of one version of the code: those of a commit, or, where there is none, those whose kept files are the same. server/schema/code reads them by any run of it.
CREATE INDEX "runs_code_idx" ON "runs" ((coalesce("code_commit", "code_diff")));
