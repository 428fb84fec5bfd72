/** What an audit event did, in words around its subject: "Ada | proposed | the sentence", "Lemma | finds | mixup | supported". */
export interface ActivityWords {
  readonly verb: string;
  /** After the subject: a reason, a name, nothing. */
  readonly tail: string;
  /** A verdict or status that was reached, shown as its badge. */
  readonly word: string | null;
}

const VERBS: Readonly<Record<string, string>> = {
  'project.created': 'made the project',
  'project.updated': 'changed the project',
  'project.member-added': 'let someone into the project',
  'member.added': 'let someone into the project',
  'member.role-changed': 'changed a role in the project',
  'member.removed': 'took someone out of the project',
  'person.invited': 'invited someone',
  'person.joined': 'joined',
  'person.disabled': 'disabled someone',
  'person.enabled': 'let someone in again',
  'invitation.withdrawn': 'took an invitation back',
  'hypothesis.proposed': 'proposed',
  'hypothesis.edited': 'changed',
  'hypothesis.updated': 'changed',
  'hypothesis.status-changed': 'calls',
  'experiment.created': 'planned',
  'experiment.edited': 'changed',
  'experiment.updated': 'changed',
  'experiment.moved': 'moved',
  'experiment.moved-away': 'moved away',
  'experiment.deleted': 'deleted',
  'experiment.restored': 'restored',
  'experiment.removed': 'removed for good',
  'experiment.hypothesis-set': 'wrote the hypothesis of',
  'experiment.baseline-chosen': 'chose the baseline of',
  'run.updated': 'changed',
  'run.renamed': 'renamed',
  'run.excluded': 'left out of the statistics',
  'run.included': 'counts again',
  'run.imported': 'imported',
  'run.moved': 'moved',
  'run.deleted': 'deleted',
  'run.restored': 'restored',
  'run.removed': 'removed for good',
  'artifact.deleted': 'deleted a file of',
  'files.removed': 'removed old files by the rule of',
  'thread.started': 'started a discussion',
  'thread.replied': 'replied in a discussion',
  'thread.edited': 'changed a comment',
  'thread.resolved': 'resolved a discussion',
  'thread.reopened': 'reopened a discussion',
  'review.requested': 'asked for a review of',
  'review.decided': 'reviewed',
  'share-link.created': 'shared',
  'share-link.revoked': 'took back a link to',
  'saved-view.saved': 'saved a view',
  'saved-view.updated': 'changed a saved view',
  'saved-view.deleted': 'deleted a saved view',
  'verdict.changed': 'finds',
  'approval.went-stale': 'let the approval go stale of',
  'experiment.hypothesis-changed': 'follows the changed hypothesis of',
};

const DECISIONS: Readonly<Record<string, string>> = { APPROVE: 'approved', REQUEST_CHANGES: 'asked for changes of', COMMENT: 'commented on' };

/** What of an event's detail is said behind its words. */
const SAID: Readonly<Record<string, string>> = { 'experiment.baseline-chosen': 'label', 'run.excluded': 'reason', 'run.removed': 'name', 'files.removed': 'said', 'experiment.removed': 'name', 'saved-view.saved': 'name', 'saved-view.updated': 'name', 'saved-view.deleted': 'name' };

const textIn = (detail: unknown, key: string): string | null => {
  const value = typeof detail === 'object' && detail !== null ? (detail as Record<string, unknown>)[key] : undefined;
  return typeof value === 'string' && value !== '' ? value : null;
};

/** The words of an event. An action nobody wrote words for is spelled out ("share-link.viewed" becomes "share link viewed"). */
export function activityWords(action: string, detail: unknown): ActivityWords {
  const decision = action === 'review.decided' ? DECISIONS[textIn(detail, 'decision') ?? ''] : undefined;
  const verb = decision ?? VERBS[action] ?? action.replaceAll(/[.\-_]/g, ' ').toLowerCase();
  const reached = action === 'verdict.changed' ? textIn(detail, 'outcome') : action === 'hypothesis.status-changed' ? textIn(detail, 'status') : null;
  const said = textIn(detail, SAID[action] ?? '');
  return { verb, tail: said === null ? '' : `: ${said}`, word: reached?.toLowerCase() ?? null };
}
