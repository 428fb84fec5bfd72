import type { Viewer } from '../../domain/access/viewer.ts';
import { projectBySlug } from '../projects/project-by-slug.ts';
import type { SimilarHypothesis } from '../ports/duplicates.ts';
import type { Ports } from '../ports/ports.ts';

const LEAST_CHARACTERS = 6;
const MOST_CHARACTERS = 2_000;
const MOST = 5;

export interface StatementQuestion { readonly project: string; readonly statement: string; readonly metric: string | null; readonly except: string | null }

/** Hypotheses, in all projects the viewer may see, that say nearly what is being typed; none while it is too short to say anything. */
export async function similarHypotheses({ store }: Pick<Ports, 'store'>, viewer: Viewer, { project, statement, metric, except }: StatementQuestion): Promise<readonly SimilarHypothesis[]> {
  const said = statement.trim().slice(0, MOST_CHARACTERS);
  return store.transaction(async (tx) => {
    await projectBySlug(tx, viewer, project);
    return said.length < LEAST_CHARACTERS ? [] : tx.duplicates.similarHypotheses(viewer, { statement: said, metric: metric?.trim() || null, except }, MOST);
  });
}
