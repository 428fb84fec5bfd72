import { useCrumbs, type Crumb } from '../../_shell/crumbs.tsx';

/** Where a page of the code stands: in its project, once that is known. */
export function useCodeCrumbs(project: { readonly id: string; readonly slug: string; readonly name: string } | null, here: Crumb): void {
  const crumbs = project === null ? [{ label: 'Code' }] : [{ label: 'Projects', href: '/' }, { label: project.name, href: `/p/${project.slug}` }, { label: 'Code', href: `/p/${project.slug}/code` }, here];
  useCrumbs(crumbs, project?.slug ?? null, project?.id ?? null);
}
