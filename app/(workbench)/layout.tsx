import type { ReactNode } from 'react';
import { Toaster } from 'sonner';
import { GraphQLProvider } from '../_graphql/graphql-provider.tsx';
import { Shell } from '../_shell/shell.tsx';

/** Written on the element: the package brings its rules outside of our layers, where ours would lose, and it knows nothing of our themes. */
const TOAST = { font: '400 13px/20px var(--sans)', background: 'var(--raised)', color: 'var(--ink)', borderColor: 'var(--line-2)', borderRadius: 'var(--r-pop)', boxShadow: 'var(--pop)' } as const;

export default function WorkbenchLayout({ children }: { readonly children: ReactNode }) {
  return (
    <GraphQLProvider>
      <Shell>{children}</Shell>
      <Toaster position="bottom-right" toastOptions={{ style: TOAST }} />
    </GraphQLProvider>
  );
}
