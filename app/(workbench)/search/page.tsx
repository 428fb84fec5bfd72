import { Suspense } from 'react';
import { SearchPage } from '../../_features/search/search-page.tsx';

export default function Search() {
  return <Suspense><SearchPage /></Suspense>;
}
