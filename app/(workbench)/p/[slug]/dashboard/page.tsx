import { DashboardPage } from '../../../../_features/dashboards/dashboard-page.tsx';

export default async function Page({ params }: { readonly params: Promise<{ readonly slug: string }> }) {
  return <DashboardPage slug={decodeURIComponent((await params).slug)} />;
}
