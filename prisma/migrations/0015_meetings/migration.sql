-- The weekly review: an agenda, what was said about it, and what is to be done.
CREATE TYPE "meeting_state" AS ENUM ('DRAFTED', 'LIVE', 'ENDED');
CREATE TYPE "vote_choice" AS ENUM ('ADOPT', 'WAIT', 'DROP');
CREATE TYPE "action_state" AS ENUM ('OPEN', 'DONE', 'DROPPED');

CREATE TABLE "meetings" (
  "id" text PRIMARY KEY,
  "project_id" text NOT NULL REFERENCES "projects" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "title" text NOT NULL,
  "state" "meeting_state" NOT NULL DEFAULT 'DRAFTED',
  "scheduled_at" timestamptz(3) NOT NULL,
  "planned_minutes" integer NOT NULL,
  "week_from" timestamptz(3) NOT NULL,
  "week_to" timestamptz(3) NOT NULL,
  "votes_hidden" boolean NOT NULL DEFAULT false,
  "presenter_id" text,
  "current_item_id" text,
  "view" jsonb,
  "minutes" text,
  "minutes_note_id" text,
  "created_by_id" text NOT NULL,
  "created_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "started_at" timestamptz(3),
  "ended_at" timestamptz(3),
  "version" integer NOT NULL DEFAULT 1
);
CREATE INDEX "meetings_project_id_created_at_idx" ON "meetings" ("project_id", "created_at");

CREATE TABLE "agenda_items" (
  "id" text PRIMARY KEY,
  "meeting_id" text NOT NULL REFERENCES "meetings" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "position" integer NOT NULL,
  "kind" text NOT NULL,
  "title" text NOT NULL,
  "reason" text NOT NULL,
  "question" text,
  "subject_id" text,
  "score" double precision,
  "planned_seconds" integer NOT NULL,
  "spent_ms" integer NOT NULL DEFAULT 0,
  "running_since" timestamptz(3),
  "closed_at" timestamptz(3),
  "added_by_id" text,
  "moved_by_id" text,
  "removed_at" timestamptz(3),
  "removed_by_id" text,
  "created_at" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX "agenda_items_meeting_id_position_idx" ON "agenda_items" ("meeting_id", "position");

-- Added to, never changed: the last one of a person counts.
CREATE TABLE "votes" (
  "sequence" bigserial PRIMARY KEY,
  "item_id" text NOT NULL REFERENCES "agenda_items" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "person_id" text NOT NULL,
  "choice" "vote_choice" NOT NULL,
  "cast_at" timestamptz(3) NOT NULL
);
CREATE INDEX "votes_item_id_person_id_sequence_idx" ON "votes" ("item_id", "person_id", "sequence");

-- Added to, never changed: one that was put better is replaced by another that says so.
CREATE TABLE "decisions" (
  "id" text PRIMARY KEY,
  "meeting_id" text NOT NULL REFERENCES "meetings" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "item_id" text REFERENCES "agenda_items" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "subject_id" text,
  "body" text NOT NULL,
  "recorded_by_id" text NOT NULL,
  "recorded_at" timestamptz(3) NOT NULL,
  "replaces_id" text REFERENCES "decisions" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "decisions_meeting_id_recorded_at_idx" ON "decisions" ("meeting_id", "recorded_at");
CREATE UNIQUE INDEX "decisions_replaces_id_key" ON "decisions" ("replaces_id");
CREATE INDEX "decisions_subject_id_idx" ON "decisions" ("subject_id");

CREATE TABLE "action_items" (
  "id" text PRIMARY KEY,
  "project_id" text NOT NULL REFERENCES "projects" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "meeting_id" text NOT NULL REFERENCES "meetings" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "item_id" text REFERENCES "agenda_items" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "subject_id" text,
  "body" text NOT NULL,
  "owner_id" text NOT NULL,
  "due_on" date,
  "state" "action_state" NOT NULL DEFAULT 'OPEN',
  "note" text,
  "created_by_id" text NOT NULL,
  "created_at" timestamptz(3) NOT NULL,
  "settled_at" timestamptz(3),
  "settled_by_id" text,
  "version" integer NOT NULL DEFAULT 1
);
CREATE INDEX "action_items_meeting_id_created_at_idx" ON "action_items" ("meeting_id", "created_at");
CREATE INDEX "action_items_owner_id_state_idx" ON "action_items" ("owner_id", "state");
CREATE INDEX "action_items_project_id_state_idx" ON "action_items" ("project_id", "state");

-- Who was there from when to when; a stay goes on while it is said again.
CREATE TABLE "attendances" (
  "id" text PRIMARY KEY,
  "meeting_id" text NOT NULL REFERENCES "meetings" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "person_id" text NOT NULL,
  "came_at" timestamptz(3) NOT NULL,
  "seen_at" timestamptz(3) NOT NULL
);
CREATE INDEX "attendances_meeting_id_person_id_came_at_idx" ON "attendances" ("meeting_id", "person_id", "came_at");
