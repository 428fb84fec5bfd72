import { change as changeMessage } from '../../contracts/messages/change.ts';
import { analyseExperiment } from '../../contracts/messages/analyse-experiment.ts';
import { subjectOf } from '../../contracts/messages/define-message.ts';
import type { Ids } from '../../operations/ports/ambient.ts';
import type { AuditLog, Outbox } from '../../operations/ports/outbox.ts';
import type { Prisma } from '../../generated/prisma/client.ts';

type Tx = Prisma.TransactionClient;

/** Announcements as rows of the transaction; workers/outbox publishes them after the commit. The insert's trigger wakes it. */
export function postgresOutbox(tx: Tx, ids: Ids): Outbox {
  const post: Outbox['post'] = async (message, body) => {
    await tx.outboxEvent.create({ data: { id: ids.next('outbox'), subject: subjectOf(message), body: message.schema.parse(body) as Prisma.InputJsonValue } });
  };
  return {
    async change(change) {
      await post(changeMessage, change);
    },
    async analyse(experimentId) {
      // Not through Prisma's model: `updatedAt` must not move, nobody edited the experiment.
      const raised = await tx.$executeRaw`UPDATE experiments SET inputs_version = inputs_version + 1 WHERE id = ${experimentId}`;
      if (raised > 0) await post(analyseExperiment, { experimentId });
    },
    post,
  };
}

export function postgresAudit(tx: Tx, ids: Ids): AuditLog {
  return {
    async append({ detail = {}, ...entry }) {
      await tx.auditEvent.create({ data: { id: ids.next('audit'), ...entry, detail: detail as Prisma.InputJsonObject } });
    },
  };
}
