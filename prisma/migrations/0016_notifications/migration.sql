-- What happened that somebody may want to hear of, until it was told; who was told what; and what is on its way by mail or webhook.

CREATE TYPE "webhook_format" AS ENUM ('GENERIC', 'SLACK', 'TEAMS');
CREATE TYPE "notification_reach" AS ENUM ('NONE', 'MINE', 'ALL');
CREATE TYPE "notification_mail" AS ENUM ('NONE', 'DIGEST', 'AT_ONCE');
CREATE TYPE "delivery_state" AS ENUM ('WAITING', 'SENT', 'GIVEN_UP');

-- Written with the change it tells of; workers/notify deletes a row in the transaction that writes the notifications it leads to.
CREATE TABLE "happenings" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "experiment_id" TEXT,
    "subject_id" TEXT NOT NULL,
    "actor_id" TEXT,
    -- People it is meant for by name: who was asked, mentioned, answered.
    "addressee_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "detail" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "happenings_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "happenings_at_id_idx" ON "happenings"("at", "id");
ALTER TABLE "happenings" ADD CONSTRAINT "happenings_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE FUNCTION announce_happening() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_notify('happenings', ''); RETURN NULL; END $$;
CREATE TRIGGER "happenings_announced" AFTER INSERT ON "happenings" FOR EACH STATEMENT EXECUTE FUNCTION announce_happening();

-- A place outside that a project tells: a chat's incoming webhook, or a program that checks our signature.
CREATE TABLE "webhooks" (
    "id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "format" "webhook_format" NOT NULL,
    "url" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "kinds" TEXT[],
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhooks_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "webhooks_project_id_idx" ON "webhooks"("project_id");
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What one person, or one webhook, is told. While it is unread, more of the same makes it count up instead of adding a row: no storm.
CREATE TABLE "notifications" (
    "id" TEXT NOT NULL,
    "person_id" TEXT,
    "webhook_id" TEXT,
    "kind" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "experiment_id" TEXT,
    "subject_id" TEXT NOT NULL,
    -- What counts as more of the same: a kind and the thing it happens to.
    "group_key" TEXT NOT NULL,
    "actor_id" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "occurrences" INTEGER NOT NULL DEFAULT 1,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3),
    -- When it is due to leave by mail or webhook; null when it is not, or has left.
    "post_at" TIMESTAMPTZ(3),
    -- How many of the occurrences have left already.
    "posted" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "notifications_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "notifications_person_group_idx" ON "notifications"("person_id", "group_key") WHERE "read_at" IS NULL AND "person_id" IS NOT NULL;
CREATE UNIQUE INDEX "notifications_webhook_group_idx" ON "notifications"("webhook_id", "group_key") WHERE "read_at" IS NULL AND "webhook_id" IS NOT NULL;
CREATE INDEX "notifications_person_id_last_at_id_idx" ON "notifications"("person_id", "last_at" DESC, "id" DESC);
CREATE INDEX "notifications_post_at_idx" ON "notifications"("post_at") WHERE "post_at" IS NOT NULL;
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_webhook_id_fkey" FOREIGN KEY ("webhook_id") REFERENCES "webhooks"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- How somebody wants to hear of a kind of thing, in one project or, with project_id '', everywhere.
CREATE TABLE "notification_rules" (
    "person_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL DEFAULT '',
    "kind" TEXT NOT NULL,
    "reach" "notification_reach" NOT NULL,
    "mail" "notification_mail" NOT NULL,

    CONSTRAINT "notification_rules_pkey" PRIMARY KEY ("person_id", "project_id", "kind")
);
CREATE INDEX "notification_rules_kind_project_id_idx" ON "notification_rules"("kind", "project_id");
ALTER TABLE "notification_rules" ADD CONSTRAINT "notification_rules_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- When somebody does not want mail, and when the digest comes: minutes of the day in their time zone.
CREATE TABLE "notification_hours" (
    "person_id" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "quiet_from" INTEGER,
    "quiet_until" INTEGER,
    "digest_at" INTEGER NOT NULL,

    CONSTRAINT "notification_hours_pkey" PRIMARY KEY ("person_id")
);
ALTER TABLE "notification_hours" ADD CONSTRAINT "notification_hours_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A message that leaves the house: what it says is settled when it is written, so that each attempt sends the same under the same id.
CREATE TABLE "deliveries" (
    "id" TEXT NOT NULL,
    "person_id" TEXT,
    "webhook_id" TEXT,
    "message" JSONB NOT NULL,
    "state" "delivery_state" NOT NULL DEFAULT 'WAITING',
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_problem" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "deliveries_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "deliveries_due_at_idx" ON "deliveries"("due_at") WHERE "state" = 'WAITING';
CREATE INDEX "deliveries_webhook_id_created_at_id_idx" ON "deliveries"("webhook_id", "created_at" DESC, "id" DESC);
CREATE INDEX "deliveries_settled_at_idx" ON "deliveries"("settled_at");
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_webhook_id_fkey" FOREIGN KEY ("webhook_id") REFERENCES "webhooks"("id") ON DELETE CASCADE ON UPDATE CASCADE;
