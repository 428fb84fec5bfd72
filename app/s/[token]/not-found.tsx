import { SharePageGone } from '../../_features/share-links/share-page-gone.tsx';

export const metadata = { title: 'Not here' };

export default SharePageGone;
