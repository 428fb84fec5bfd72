import type { Viewer } from '../../domain/access/viewer.ts';
import { conflict } from '../../domain/refusal.ts';
import { checkViewName, checkViewState, MOST_VIEWS } from '../../domain/saved-views/saved-view.ts';
import { reachProject } from '../experiments/reach.ts';
import type { Ports } from '../ports/ports.ts';
import type { SavedView } from '../ports/saved-views.ts';
import { announceView } from './announce-view.ts';
import { reachView } from './reach-view.ts';

export interface NewView { readonly project: string; readonly name: string; readonly state: string }

/** Gives a view a name that is not taken in its project. */
export async function saveView(ports: Pick<Ports, 'store' | 'clock' | 'ids'>, viewer: Viewer, request: NewView): Promise<SavedView> {
  return ports.store.transaction(async (tx) => {
    const project = await reachProject(tx, viewer, request.project, 'view.save');
    const name = checkViewName(request.name);
    if (await tx.savedViews.byName(project.id, name)) throw nameTaken(name);
    if ((await tx.savedViews.count(project.id)) >= MOST_VIEWS) throw conflict('saved-view/too-many', `A project keeps ${MOST_VIEWS} views. Delete one that nobody uses.`);
    const now = ports.clock.now();
    const view: SavedView = { id: ports.ids.next('saved-view'), projectId: project.id, name, state: checkViewState(request.state), createdById: viewer.personId, createdAt: now, updatedAt: now };
    await tx.savedViews.insert(view);
    await announceView(tx, view, { actorId: viewer.personId, verb: 'saved' });
    return view;
  });
}

/** What is null or absent stays as it is. */
export interface ViewChanges { readonly savedView: string; readonly name?: string | null | undefined; readonly state?: string | null | undefined }

/** Renames a view, or saves another state under its name. */
export async function updateView(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, changes: ViewChanges): Promise<SavedView> {
  return ports.store.transaction(async (tx) => {
    const before = await reachView(tx, viewer, changes.savedView);
    const name = changes.name === null || changes.name === undefined ? before.name : checkViewName(changes.name);
    if (name !== before.name && (await tx.savedViews.byName(before.projectId, name))) throw nameTaken(name);
    const view = { ...before, name, state: changes.state === null || changes.state === undefined ? before.state : checkViewState(changes.state), updatedAt: ports.clock.now() };
    await tx.savedViews.update(view);
    await announceView(tx, view, { actorId: viewer.personId, verb: 'updated' });
    return view;
  });
}

const nameTaken = (name: string) => conflict('saved-view/name-taken', `There is a view "${name}" already. Choose another name, or open that view and update it.`);
