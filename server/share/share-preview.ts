import type { OpenSharePage, SharedExperiment, SharedGist, SharedHypothesis, SharePreview } from '../../contracts/share-page.ts';
import { mayBePictured } from '../../domain/sharing/share-link.ts';
import { lineageAnswer } from '../../domain/sharing/lineage-answer.ts';
import { questionOf } from '../../domain/sharing/share-question.ts';
import type { ShareLink } from '../../operations/ports/share-links.ts';
import { readSharePage } from './share-page.ts';
import type { PageDeps } from './share-reader.ts';

/** What a picture of the page may show: a part of what the page shows, redacted and frozen as it is; nothing of a page that is not for everybody. Null when the subject is gone. */
export async function readSharePreview(deps: PageDeps, link: ShareLink): Promise<SharePreview | null> {
  if (!mayBePictured(link)) return { shown: null };
  const page = await readSharePage(deps, link);
  return page && { shown: gistOf(page) };
}

function gistOf(page: OpenSharePage): SharedGist {
  const { hypothesis, experiments } = findingsOf(page);
  return {
    subject: page.subject,
    question: questionOf(page),
    about: page.subject === 'note' ? page.note.about : null,
    said: page.subject === 'lineage' ? lineageAnswer(page.lineage) : null,
    hypothesis: hypothesis && { direction: hypothesis.direction, minEffect: hypothesis.minEffect },
    findings: experiments.map(({ key, name, verdict, approval }) => ({ key, name, verdict, approval: { ...approval, by: null, staleReason: null } })),
  };
}

/** A run proves nothing by itself, and a note says many things. */
function findingsOf(page: OpenSharePage): { readonly hypothesis: SharedHypothesis | null; readonly experiments: readonly SharedExperiment[] } {
  switch (page.subject) {
    case 'experiment': case 'hypothesis': return { hypothesis: page.hypothesis, experiments: page.experiments };
    case 'comparison': return { hypothesis: page.hypothesis, experiments: [page.comparison.experiment] };
    case 'run': case 'note': case 'lineage': return { hypothesis: null, experiments: [] };
  }
}
