import { TokensPage } from '../../_features/tokens/tokens-page.tsx';

export default function Tokens() {
  return <TokensPage />;
}
