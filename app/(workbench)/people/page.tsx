import { PeoplePage } from '../../_features/people/people-page.tsx';

export default function People() {
  return <PeoplePage />;
}
