'use client';

import { createContext, use, type ReactNode } from 'react';
import { graphql, type ResultOf } from '../_graphql/graphql.ts';
import { failureOf, type Failure } from '../_graphql/refusal.ts';
import { useLive } from '../_graphql/use-live.ts';
import { useQuery } from '../_graphql/use-query.ts';

const ViewerQuery = graphql(`
  query Shell {
    viewer {
      id signedIn localMode organizationRole
      person { id name initials email }
      organization { id name }
      viewerCan { createProject invite manageOrganization }
      reviewRequests(first: 20) { id }
    }
    projects(first: 50) { nodes { id slug key name archivedAt activeRunCount viewerCan { write } } }
  }
`);

/** Any project, so that a new one and its first run are noticed too; without what is said: nothing of that stands in the frame of a page. */
const ProjectsChanged = graphql(`subscription ProjectsChanged { projectUpdated(talk: false) { id } }`);
export const AnyProjectChanged = graphql(`subscription AnyProjectChanged { projectUpdated { id } }`);
export const EVERYWHERE = [{}];

export type Viewer = ResultOf<typeof ViewerQuery>['viewer'];
export type KnownProject = ResultOf<typeof ViewerQuery>['projects']['nodes'][number];

interface Known {
  readonly viewer: Viewer | null;
  readonly projects: readonly KnownProject[];
  readonly failure: Failure | null;
  readonly refresh: () => void;
}

const ViewerContext = createContext<Known>({ viewer: null, projects: [], failure: null, refresh: () => undefined });

export function ViewerProvider({ children }: { readonly children: ReactNode }) {
  const [{ data, error }, refresh] = useQuery({ query: ViewerQuery, requestPolicy: 'cache-and-network' });
  useLive(ProjectsChanged, EVERYWHERE, refresh);
  const known: Known = {
    viewer: data?.viewer ?? null,
    projects: (data?.projects.nodes ?? []).filter((project) => project.archivedAt === null),
    failure: failureOf(error),
    refresh,
  };
  return <ViewerContext value={known}>{children}</ViewerContext>;
}

/** Who looks, and the projects they may see; null and empty until the server answered. */
export const useViewer = (): Known => use(ViewerContext);

/** Where "new hypothesis" goes: the project at hand, else the first that is not the sandbox, else any the viewer may write to. */
export function projectForNew(projects: readonly KnownProject[], current: string | null): KnownProject | null {
  const writable = projects.filter((project) => project.viewerCan.write);
  return writable.find((project) => project.slug === current) ?? writable.find((project) => project.slug !== 'sandbox') ?? writable[0] ?? null;
}
