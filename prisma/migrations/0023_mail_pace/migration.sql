-- When a person was last sent mail about what happened and how long the next waits: kept here, so that a restart neither forgets it nor sends twice.

CREATE TABLE "mail_paces" (
    "person_id" TEXT NOT NULL,
    "letter_at" TIMESTAMPTZ(3),
    "gap_ms" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "mail_paces_pkey" PRIMARY KEY ("person_id")
);
ALTER TABLE "mail_paces" ADD CONSTRAINT "mail_paces_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;
