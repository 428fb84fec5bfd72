'use client';

import { useState, type FormEvent } from 'react';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { useCrumbs } from '../../_shell/crumbs.tsx';
import { Absent } from '../../_ui/absent.tsx';
import { Button } from '../../_ui/button.tsx';
import { Field, Select, Textarea, Tick } from '../../_ui/field.tsx';
import { PageHead, Section } from '../../_ui/section.tsx';
import { ErrorNote } from '../../_ui/waiting.tsx';
import { StartPolicyForm } from '../duplicates/start-policy-form.tsx';
import { ProjectWebhooks } from '../notifications/project-webhooks.tsx';
import { DataCards } from './data-cards.tsx';
import { FileRuleForm } from './file-rule-form.tsx';
import { ProjectMembers } from './project-members.tsx';
import { ReviewPolicyForm } from './review-policy-form.tsx';
import { SettingsQuery, UpdateProject, type SettingsProject } from './settings-query.ts';

const PRESETS = [
  { value: 'SOLO', label: 'solo: one may approve one’s own work' },
  { value: 'GROWING', label: 'growing: results are reviewed by a second person' },
  { value: 'MATURE', label: 'mature: two approvals, checks first, ethics earlier' },
] as const;

/** Name, visibility, policy and members of a project. */
export function ProjectSettings({ slug }: { readonly slug: string }) {
  const [{ data, error, fetching }, refresh] = useQuery({ query: SettingsQuery, variables: { slug }, requestPolicy: 'cache-and-network' });
  const project = data?.project ?? null;
  useCrumbs([{ label: project?.name ?? slug, href: `/p/${slug}` }, { label: 'Settings' }], slug);
  if (!project) return <Absent failure={failureOf(error)} fetching={fetching} what="project" again={refresh} />;
  return (
    <>
      <PageHead title={`${project.name}: settings`} meta={<div className="meta"><span>Key <b className="mono">{project.key}</b></span><span>MLflow name <b className="mono">{project.slug}/…</b></span><span>Your role <b>{project.viewerRole?.toLowerCase() ?? 'none'}</b></span></div>} />
      {project.viewerCan.manage ? null : <div className="mt-4"><ErrorNote quiet title="Only maintainers and owners change these settings. You see them as they are." /></div>}
      <div className="cols mt-6">
        <div><General key={project.id} project={project} /><ReviewPolicyForm project={project} /><StartPolicyForm slug={slug} locked={!project.viewerCanReviewRules.editPolicy} /><FileRuleForm slug={slug} locked={!project.viewerCanReviewRules.editPolicy} /><DataCards project={project} /><ProjectMembers project={project} onChange={refresh} />{project.viewerCan.manage ? <ProjectWebhooks slug={slug} /> : null}</div>
        <aside className="rail" aria-label="About roles">
          <Section title="Who sees this project"><p className="pt-3 text-ink-2">{project.restricted ? 'Only its members. For everyone else it does not exist, search included.' : 'Everyone in the organization reads and comments. Members do what their role allows.'}</p></Section>
        </aside>
      </div>
    </>
  );
}

function General({ project }: { readonly project: SettingsProject }) {
  const [name, setName] = useState(project.name);
  const [description, setDescription] = useState(project.description ?? '');
  const [saving, update] = useMutation(UpdateProject);
  const failure = failureOf(saving.error);
  const locked = !project.viewerCan.manage;
  const change = (part: { readonly name?: string; readonly description?: string | null; readonly restricted?: boolean; readonly policyPreset?: SettingsProject['policyPreset']; readonly archived?: boolean }) => update({ input: { project: project.slug, ...part } });
  const save = (event: FormEvent) => { event.preventDefault(); void change({ name: name.trim(), description: description.trim() || null }); };
  return (
    <>
      <Section title="General">
        <form className="grid max-w-[560px] gap-4 pt-4" onSubmit={save}>
          <Field label="Name" required maxLength={200} value={name} disabled={locked} onChange={(event) => setName(event.target.value)} />
          <Textarea label="The question it asks" rows={2} value={description} disabled={locked} placeholder="How accurately can a network small enough for a till read a handwritten digit?" onChange={(event) => setDescription(event.target.value)} />
          {failure ? <ErrorNote title={failure.message} /> : null}
          {locked ? null : <div className="row"><Button type="submit" look="primary" disabled={saving.fetching}>Save</Button><span className="hint" role="status">{saving.data && !saving.fetching ? 'Saved.' : ''}</span></div>}
        </form>
      </Section>
      <Section title="Rules">
        <div className="grid max-w-[560px] gap-4 pt-4">
          <Select label="Policy" value={project.policyPreset} choices={PRESETS} disabled={locked} onChoose={(policyPreset) => { void change({ policyPreset }); }} hint="A preset fills in what stands under Reviews, where each part can be changed." />
          <Tick label="Restricted to its members" hint="Without this, everyone in the organization reads it." checked={project.restricted} disabled={!project.viewerCan.administer} onChange={(event) => { void change({ restricted: event.target.checked }); }} />
          {locked ? null : <div><Button onClick={() => { void change({ archived: project.archivedAt === null }); }}>{project.archivedAt ? 'Take out of the archive' : 'Archive the project'}</Button><p className="hint mt-1">Archived projects stay readable and searchable.</p></div>}
        </div>
      </Section>
    </>
  );
}
