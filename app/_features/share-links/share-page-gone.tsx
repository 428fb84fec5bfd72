export const GONE_TITLE = 'This page is not available any more';

/** In the place of a share page that has ended, or never was: nothing of Lemma leads on from here. */
export const SharePageGone = () => (
  <div className="shared">
    <main className="article" role="alert"><h1>{GONE_TITLE}</h1><p className="tx">Its link has ended, or what it showed was taken away or may not be shown now. Whoever sent it to you can say more.</p></main>
  </div>
);
