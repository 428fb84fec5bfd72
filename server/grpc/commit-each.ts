import type { HandlerContext } from '@connectrpc/connect';
import { badInput } from '../../domain/refusal.ts';
import type { DoorDeps } from '../http/door-deps.ts';
import { requireKeepable } from '../http/keepable.ts';
import { Admission } from '../ingest/admission.ts';
import { askingOf } from './asking.ts';
import { asGrpcProblem } from './grpc-answer.ts';

/** A batch of a client-streaming call; the first one names the run. */
interface Message { readonly runId: string }

interface Batches<Each extends Message> {
  /** Refuses what is too large, and answers what the batch takes of the account of memory. */
  readonly bytesOf: (message: Each) => number;
  readonly commit: (runId: string, message: Each) => Promise<void>;
}

/** Commits the messages of a call one by one, in order: the next is read when the last one is durable. Answers the run; a refusal says how many were kept before it. */
export async function commitEach<Each extends Message>(deps: DoorDeps, context: Pick<HandlerContext, 'values'>, messages: AsyncIterable<Each>, { bytesOf, commit }: Batches<Each>): Promise<string> {
  let run: { readonly id: string; readonly admission: Admission } | null = null;
  let acknowledged = 0;
  try {
    for await (const message of messages) {
      run ??= { id: runNamed(message), admission: new Admission(deps, askingOf(context), message.runId) };
      if (message.runId !== '' && message.runId !== run.id) throw otherRun(message);
      const { id, admission } = run;
      await admission.pass();
      await deps.held.during(bytesOf(message), () => commit(id, message));
      acknowledged += 1;
    }
    if (!run) throw emptyCall();
    return run.id;
  } catch (problem) {
    throw asGrpcProblem(problem, deps.log, { 'lemma-acknowledged': String(acknowledged) });
  }
}

/** The run of a call's first message. */
export function runNamed({ runId }: Message): string {
  requireKeepable(runId);
  if (runId === '') throw badInput('stream/no-run', 'The first batch names the run it belongs to.');
  return runId;
}

export const emptyCall = () => badInput('stream/empty', 'Send at least one batch; the first one names the run.');
export const otherRun = ({ runId }: Message) => badInput('stream/other-run', `A stream belongs to one run, and a batch for ${runId.slice(0, 100)} came. Make a call for each run.`);
