import type { OpenSharePage } from '../../../contracts/share-page.ts';
import { questionOf } from '../../../domain/sharing/share-question.ts';
import { Mark } from '../../_shell/mark.tsx';
import { ComparisonArticle } from './comparison-article.tsx';
import { GuestComments } from './guest-comments.tsx';
import { LineageArticle } from './lineage-article.tsx';
import { NoteArticle } from './note-article.tsx';
import { ResultArticle } from './result-article.tsx';
import { RunArticle } from './run-article.tsx';
import { evidenceIn, leftOutSentence, newestIn, originSentence, sharedDay, sharedMoment } from './share-words.ts';
import { Watermark } from './watermark.tsx';

/** For a reader without an account. Drawn on the server. */
export function SharedPage({ page, token }: { readonly page: OpenSharePage; readonly token: string }) {
  return (
    <div className="shared">
      {page.watermark ? <Watermark words={`For ${page.recipients.join(', ')} · ${sharedDay(page.sharedAt)}`} /> : null}
      <header className="mast"><span className="logo"><Mark />Lemma</span><span className="sp" /><span>last change {sharedMoment(newestIn(page))}</span></header>
      <main className="article">
        <h1>{questionOf(page)}</h1>
        <p className="by">{originSentence(page)} This link runs out on {sharedDay(page.expiresAt)}.</p>
        <Article page={page} />
        {page.comments === null ? null : <GuestComments token={token} comments={page.comments} namesShown={!page.leftOut.includes('PEOPLE')} />}
        <footer className="seal">
          <p>{evidenceIn(page).map(({ name, digest }) => <span key={`${name}${digest}`}>Evidence of {name}: <span className="mono">{digest.slice(0, 16)}</span>. </span>)}{page.frozenDigest === null ? '' : <>Frozen at evidence <span className="mono">{page.frozenDigest.slice(0, 16)}</span>. </>}{leftOutSentence(page.leftOut)}</p>
        </footer>
      </main>
    </div>
  );
}

function Article({ page }: { readonly page: OpenSharePage }) {
  switch (page.subject) {
    case 'experiment': case 'hypothesis': return <ResultArticle page={page} />;
    case 'run': return <RunArticle page={page} />;
    case 'comparison': return <ComparisonArticle page={page} />;
    case 'lineage': return <LineageArticle page={page} />;
    case 'note': return <NoteArticle page={page} />;
  }
}
