'use client';

import { useState } from 'react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import type { ResultOf } from '../../_graphql/graphql.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { Button } from '../../_ui/button.tsx';
import { Initials } from '../../_ui/initials.tsx';
import { NotRead } from '../../_ui/not-read.tsx';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { Empty, Loading } from '../../_ui/waiting.tsx';
import { RestoreVersion, VersionsQuery, type NoteDetail, type NoteVersionRow } from './note-documents.ts';
import { VersionDiff } from './version-diff.tsx';

interface NoteVersionsProps {
  readonly note: NoteDetail;
  readonly mayEdit: boolean;
  readonly onRestored: () => void;
  readonly onClose: () => void;
}

/** What the note was: each version with who wrote it and what it changed, and the way back to it. */
export function NoteVersions({ note, mayEdit, onRestored, onClose }: NoteVersionsProps) {
  const [{ data, fetching, error }, again] = useQuery({ query: VersionsQuery, variables: { id: note.id, after: null }, requestPolicy: 'network-only' });
  const [chosen, setChosen] = useState<string | null>(null);
  const [{ fetching: restoring }, restore] = useMutation(RestoreVersion);
  const versions = data?.note?.versions ?? null;
  const failure = failureOf(error);
  const shown = versions?.nodes.find(({ id }) => id === chosen) ?? versions?.nodes[0];
  const bringBack = async (version: NoteVersionRow): Promise<void> => {
    const refused = failureOf((await restore({ input: { note: note.id, version: version.id } })).error);
    if (refused !== null) { toast.error(refused.message); return; }
    toast.success('The note reads as it did then. What it said before is a version too.');
    onRestored();
  };
  if (failure !== null) return <NotRead title="The versions could not be read." failure={failure} again={again} />;
  if (versions === null) return fetching ? <Loading rows={5} label="Reading the versions" /> : null;
  if (shown === undefined) return <Empty fact="No version is kept yet. One is kept by itself when someone has been writing for a while, and whenever you name one."><Button onClick={onClose}>Back to the text</Button></Empty>;
  return (
    <div className="versions">
      <VersionList versions={versions} shown={shown} onChoose={setChosen} />
      <VersionShown version={shown} onClose={onClose} onRestore={mayEdit ? () => void bringBack(shown) : null} restoring={restoring} />
    </div>
  );
}

type Versions = NonNullable<ResultOf<typeof VersionsQuery>['note']>['versions'];

function VersionList({ versions, shown, onChoose }: { readonly versions: Versions; readonly shown: NoteVersionRow; readonly onChoose: (id: string) => void }) {
  return (
    <ol className="versions-list" aria-label="Versions, newest first">
      {versions.nodes.map((version) => (
        <li key={version.id}>
          <button type="button" aria-pressed={version.id === shown.id} onClick={() => onChoose(version.id)}>
            <span className="font-medium">{version.name ?? <RelativeTime at={version.createdAt} />}</span>
            <span className="hint row gap-1">{version.author && <Initials letters={version.author.initials} name={version.author.name} named />}{authorOf(version)}{version.name !== null && <>, <RelativeTime at={version.createdAt} /></>}</span>
          </button>
        </li>
      ))}
      {versions.pageInfo.hasNextPage && <li className="hint">The newest {versions.nodes.length} of {versions.totalCount}.</li>}
    </ol>
  );
}

const authorOf = ({ author }: NoteVersionRow): string => author?.name ?? 'someone who left';

interface VersionShownProps {
  readonly version: NoteVersionRow;
  readonly onClose: () => void;
  /** Null where one may only read. */
  readonly onRestore: (() => void) | null;
  readonly restoring: boolean;
}

function VersionShown({ version, onClose, onRestore, restoring }: VersionShownProps) {
  return (
    <section aria-label="What this version changed" className="min-w-0">
      <div className="row wrap mb-3">
        <h2>{version.name ?? 'What changed'}</h2><span className="hint">by {authorOf(version)}, <RelativeTime at={version.createdAt} /></span>
        <span className="sp" />
        {onRestore !== null && <Button small disabled={restoring} onClick={onRestore}>Restore this version</Button>}
        <Button small look="bare" onClick={onClose}>Back to the text</Button>
      </div>
      <VersionDiff changes={version.changes} />
    </section>
  );
}
