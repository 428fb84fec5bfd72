import type { Metadata } from 'next';
import { Suspense } from 'react';
import { AcceptInvitation } from '../../../_features/people/enter.tsx';

export const metadata: Metadata = { title: 'Invitation' };

export default async function InvitationPage({ params }: { readonly params: Promise<{ token: string }> }) {
  const { token } = await params;
  return <Suspense><AcceptInvitation token={token} /></Suspense>;
}
