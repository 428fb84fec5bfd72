import { ProjectSettings } from '../../../../_features/projects/project-settings.tsx';

export default async function Settings({ params }: { readonly params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  return <ProjectSettings slug={slug} />;
}
