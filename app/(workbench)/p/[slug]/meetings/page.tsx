import { ProjectMeetings } from '../../../../_features/meetings/project-meetings.tsx';

export default async function Page({ params }: { readonly params: Promise<{ readonly slug: string }> }) {
  return <ProjectMeetings slug={decodeURIComponent((await params).slug)} />;
}
