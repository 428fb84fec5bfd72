-- Questions to the page Search that somebody keeps under a name, for themselves. docs/decisions/0184-saved-searches-are-a-persons.md.
CREATE TABLE "saved_searches" (
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_searches_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "saved_searches_person_id_name_key" ON "saved_searches"("person_id", "name");
ALTER TABLE "saved_searches" ADD CONSTRAINT "saved_searches_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;
