import type { ReactNode } from 'react';
import { Toaster } from 'sonner';
import { GraphQLProvider } from '../_graphql/graphql-provider.tsx';
import { Shell } from '../_shell/shell.tsx';

export default function WorkbenchLayout({ children }: { readonly children: ReactNode }) {
  return (
    <GraphQLProvider>
      <Shell>{children}</Shell>
      <Toaster position="bottom-right" toastOptions={{ className: 'toast' }} />
    </GraphQLProvider>
  );
}
