import { NotRead } from '../../_ui/not-read.tsx';
import { Empty, Loading } from '../../_ui/waiting.tsx';
import { SavedSearchList } from '../saved-searches/saved-search-list.tsx';
import type { SavedSearches } from '../saved-searches/use-saved-searches.ts';

const HOW = ['Type what you would change, in your own words.', 'Every experiment that touched it is listed with its effect, supported or not.'];
const KEEP = 'What you ask again and again is kept under a name: press “Save this search” beside it.';

/** The page while nothing is asked: what somebody asks often, and how to ask. */
export function NothingAsked({ saved: { searches, failure, again } }: { readonly saved: SavedSearches }) {
  return (
    <>
      <p className="hint mt-2">Words of a hypothesis, a parameter, a tag, a comment or a verdict; or a filter, such as params.lr &lt; 0.01 AND verdict = supported.</p>
      {searches === null && failure === null ? <div className="mt-8"><Loading rows={4} label="Reading your saved searches" /></div> : (
        <>
          {failure ? <div className="mt-6"><NotRead title="Your saved searches could not be read." failure={failure} again={again} /></div> : null}
          {searches && searches.length > 0 ? <SavedSearchList searches={searches} /> : null}
          <div className="mt-8"><Empty fact="Before the next run: has anyone tried it?" steps={searches?.length === 0 ? [...HOW, KEEP] : HOW} /></div>
        </>
      )}
    </>
  );
}
