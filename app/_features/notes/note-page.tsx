'use client';

import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { cutAtWord } from '../../../domain/richtext/excerpt.ts';
import type { NoteConnection } from '../../_editor/note-connection.ts';
import { Passages } from '../../_editor/passages.ts';
import { TOO_MUCH_AT_ONCE } from '../../_editor/too-much.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { useLive } from '../../_graphql/use-live.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { useCrumbs, type Crumb } from '../../_shell/crumbs.tsx';
import { Absent } from '../../_ui/absent.tsx';
import { Button } from '../../_ui/button.tsx';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { ErrorNote, Loading } from '../../_ui/waiting.tsx';
import { Backlinks } from './note-backlinks.tsx';
import { placeOf } from './note-address.ts';
import { NoteQuery, NoteUpdated, type NoteDetail } from './note-documents.ts';
import { ShareButton } from '../sharing/share-button.tsx';
import { NoteMenu } from './note-menu.tsx';
import { NotePeople } from './note-people.tsx';
import { standingWords, type Standing } from './note-standing.ts';
import { NoteThreads } from './note-threads.tsx';
import { NoteTitle } from './note-title.tsx';
import { NoteVersions } from './note-versions.tsx';
import { useNoteConnection, useStanding } from './use-note-connection.ts';

const loadWriter = () => import('./note-writer.tsx').then((module) => module.NoteWriter);
const NoteWriter = dynamic(loadWriter, { ssr: false, loading: () => <Loading rows={8} label="Opening the note" /> });

/** /n/<id>: one note, written by everyone who may, at once. */
export function NotePage({ id }: { readonly id: string }) {
  const [{ data, error, fetching }, again] = useQuery({ query: NoteQuery, variables: { id }, requestPolicy: 'cache-and-network' });
  const note = data?.note ?? null;
  const connection = useNoteConnection(id);
  // What writes it comes at the same time as what is written.
  useEffect(() => { void loadWriter(); }, []);
  // A note is told of too where one asks for what happens to it.
  useLive(NoteUpdated, note === null ? NOTHING : [{ subject: note.id }], again);
  useCrumbs(crumbsOf(note), note?.project.slug ?? null, note?.id ?? null);
  if (note === null || connection === null) return <Absent failure={failureOf(error)} fetching={fetching || note !== null} what="note" again={again} />;
  return <Open key={id} note={note} connection={connection} onChanged={again} />;
}

const NOTHING: readonly { readonly subject: string }[] = [];

function crumbsOf(note: NoteDetail | null): Crumb[] {
  if (note === null) return [{ label: 'Note' }];
  const place = placeOf(note.subject);
  const project = { label: note.project.name, href: `/p/${note.project.slug}` };
  return [project, ...(place === null || place.kind === 'project' ? [] : [{ label: cutAtWord(place.label, 60), href: place.href }]), { label: note.title }];
}

function Open({ note, connection, onChanged }: { readonly note: NoteDetail; readonly connection: NoteConnection; readonly onChanged: () => void }) {
  const standing = useStanding(connection);
  const [versions, setVersions] = useState(false);
  const gone = isGone(standing);
  // What stands around the text goes too.
  useEffect(() => { if (gone) onChanged(); }, [gone, onChanged]);
  const [passages] = useState(() => new Passages());
  const editable = note.viewerCan.edit && standing.state !== 'refused';
  const place = placeOf(note.subject);
  // Return in the title may come before the text does.
  const [wanted, setWanted] = useState(false);
  const inText = (): void => {
    const text = document.querySelector<HTMLElement>('.note-text');
    if (text === null) setWanted(true);
    else text.focus();
  };
  if (gone) return <Absent failure={null} fetching={false} what="note" again={onChanged} />;
  return (
    <div className="cols note-page">
      <article aria-label={note.title}>
        <div className="note-head">
          <NoteTitle id={note.id} title={note.title} editable={editable} onDone={inText} />
          <div className="meta">
            {place !== null && <span>About <Link className="lk" href={place.href}>{cutAtWord(place.label, 120)}</Link></span>}
            <span>{note.createdBy === null ? 'Begun' : <>Begun by <b>{note.createdBy.name}</b></>} <RelativeTime at={note.createdAt} /></span>
            {!note.viewerCan.edit && <span>You may read it</span>}
          </div>
        </div>
        <NoteBar note={note} connection={connection} versions={versions} onVersions={() => setVersions(!versions)} />
        <LoudStanding connection={connection} />
        {standing.tookBack && <TookBack onRead={connection.readTookBack} />}
        {versions && <NoteVersions note={note} mayEdit={editable} onRestored={() => { setVersions(false); onChanged(); }} onClose={() => setVersions(false)} />}
        {!versions && (isThere(standing) ? <NoteWriter key={String(editable)} note={note} connection={connection} passages={passages} editable={editable} takesKeyboard={wanted} /> : <Loading rows={8} label="Opening the note" />)}
      </article>
      <aside className="rail note-rail" aria-label="About this note">
        <NoteThreads note={note} connection={connection} passages={passages} known={standing.synced && !versions} />
        <Backlinks links={note.backlinks.nodes} total={note.backlinks.totalCount} none={nothingElse(place?.kind)} />
      </aside>
    </div>
  );
}

/** What # finds. */
const MENTIONED_BY_SIGN: ReadonlySet<string> = new Set(['hypothesis', 'experiment', 'run']);

function nothingElse(kind: string | undefined): string {
  if (kind === undefined) return 'Nothing else mentions what this note is about yet.';
  return `Nothing else mentions this ${kind} yet.${MENTIONED_BY_SIGN.has(kind) ? ' Mention it with # in a note or a comment.' : ''}`;
}

/** An empty text that only has not come yet must not be written on. */
const isThere = ({ synced, state }: Standing): boolean => synced || state === 'offline' || state === 'refused';

/** Deleted or taken out of sight while it is open. */
const isGone = ({ state, refusal }: Standing): boolean => state === 'refused' && (refusal?.code === 'note/unknown' || refusal?.code === 'note/forbidden');

/** Whether it is saved, who is here, what can be done. It stays in sight. */
function NoteBar({ note, connection, versions, onVersions }: { readonly note: NoteDetail; readonly connection: NoteConnection; readonly versions: boolean; readonly onVersions: () => void }) {
  const standing = useStanding(connection);
  const words = standingWords(standing);
  return (
    <div className="note-bar">
      <span className={`hint note-standing ${words.tone}`} role="status">{words.loud ? words.text.split(/ [—-] |\. /)[0] : words.text}</span>
      <span className="sp" />
      <NotePeople connection={connection} />
      <Button small look="bare" aria-pressed={versions} onClick={onVersions}>Versions</Button>
      {note.viewerCan.share && <ShareButton small subject={{ id: note.id, name: `“${note.title}”`, shows: 'the words of this note and the evidence in it' }} />}
      <NoteMenu note={note} />
    </div>
  );
}

function LoudStanding({ connection }: { readonly connection: NoteConnection }) {
  const standing = useStanding(connection);
  const words = standingWords(standing);
  if (!words.loud) return null;
  return (
    <div className="mt-3 mb-4">
      <ErrorNote quiet={words.tone !== 'bad'} title={words.text}>
        {standing.state === 'offline' && <Button small onClick={connection.reconnectNow}>Try now</Button>}
        {standing.state === 'refused' && <Button small onClick={() => location.reload()}>Load the page again</Button>}
      </ErrorNote>
    </div>
  );
}

/** Stays until it is read: who pasted may have waited for it, and typed on. */
function TookBack({ onRead }: { readonly onRead: () => void }) {
  return (
    <div className="mt-3 mb-4">
      <ErrorNote title={`What you put in was taken back. ${TOO_MUCH_AT_ONCE}`}><Button small onClick={onRead}>Close</Button></ErrorNote>
    </div>
  );
}
