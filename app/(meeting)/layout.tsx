import type { ReactNode } from 'react';
import { Toaster } from 'sonner';
import { GraphQLProvider } from '../_graphql/graphql-provider.tsx';
import { PlaceProvider } from '../_shell/crumbs.tsx';
import { ViewerProvider } from '../_shell/viewer.tsx';

const TOAST = { font: '400 13px/20px var(--sans)', background: 'var(--raised)', color: 'var(--ink)', borderColor: 'var(--line-2)', borderRadius: 'var(--r-pop)', boxShadow: 'var(--pop)' } as const;

/** A meeting is a place of its own: no navigation, everything in view is the meeting. */
export default function MeetingLayout({ children }: { readonly children: ReactNode }) {
  return (
    <GraphQLProvider>
      <ViewerProvider><PlaceProvider>{children}</PlaceProvider></ViewerProvider>
      <Toaster position="bottom-right" toastOptions={{ style: TOAST }} />
    </GraphQLProvider>
  );
}
