import { environmentText, joinEnvironments, type EnvironmentContent } from '../../domain/runs/environment.ts';
import type { Ports } from '../ports/ports.ts';
import type { Run } from '../ports/runs.ts';
import type { Transaction } from '../ports/store.ts';

/** The id of the run's environment with what is added to it; what the run had when nothing is. The caller saves it with the run. */
export async function joinEnvironment(tx: Transaction, ports: Pick<Ports, 'ids' | 'secrets'>, run: Pick<Run, 'environmentId'>, added: EnvironmentContent): Promise<string | null> {
  if (added.python === undefined && Object.keys(added.packages).length === 0) return run.environmentId;
  const before = run.environmentId === null ? null : await tx.runs.environment(run.environmentId);
  const content = joinEnvironments(asContent(before), added);
  return tx.runs.saveEnvironment({ id: ports.ids.next('environment'), digest: ports.secrets.digest(environmentText(content)), content: { ...content } });
}

function asContent(stored: Readonly<Record<string, unknown>> | null): EnvironmentContent {
  const { python, packages } = stored ?? {};
  return { ...(typeof python === 'string' ? { python } : {}), packages: typeof packages === 'object' && packages !== null ? (packages as Record<string, string>) : {} };
}
