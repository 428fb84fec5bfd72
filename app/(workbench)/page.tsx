import { Home } from '../_features/home/home.tsx';

export default function HomePage() {
  return <Home />;
}
