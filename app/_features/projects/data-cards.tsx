'use client';

import { useState, type FormEvent } from 'react';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { DataTable } from '../../_ui/data-table.tsx';
import { Dialog, DialogButtons } from '../../_ui/dialog.tsx';
import { Field, Select, Tick } from '../../_ui/field.tsx';
import { Section } from '../../_ui/section.tsx';
import { DescribeData, type SettingsProject } from './settings-query.ts';

type Card = SettingsProject['dataCards'][number];
const RISKS = [{ value: 'MINIMAL', label: 'minimal' }, { value: 'LIMITED', label: 'limited' }, { value: 'HIGH', label: 'high' }, { value: 'PROHIBITED', label: 'prohibited' }] as const;
const KINDS = [{ value: 'DATASET', label: 'dataset' }, { value: 'MODEL', label: 'model' }] as const;

const blank = (name: string): Card => ({ kind: 'DATASET', name, licence: null, personalData: false, consent: null, risk: 'MINIMAL', effectiveRisk: 'MINIMAL', note: null });

/** What is known of the data and models: where they may be used, and whom they could hurt. */
export function DataCards({ project }: { readonly project: SettingsProject }) {
  const [editing, setEditing] = useState<Card | null>(null);
  const described = new Set(project.dataCards.filter(({ kind }) => kind === 'DATASET').map(({ name }) => name));
  const rows = [...project.dataCards, ...project.datasetNames.filter((name) => !described.has(name)).map(blank)];
  const mayDescribe = project.viewerCanReviewRules.describeData;
  return (
    <Section title="Data and models" count={rows.length} aside={mayDescribe ? <Button small look="bare" onClick={() => setEditing(blank(''))}>Describe data or a model</Button> : undefined}>
      {rows.length === 0
        ? <p className="hint pt-3">No run of this project has named its data yet. A card says its licence, whether it is about people, and how they agreed.</p>
        : (
          <DataTable<Card>
            label="Data and models"
            rows={rows}
            rowKey={(card) => `${card.kind} ${card.name}`}
            columns={[
              { key: 'name', head: 'name', cell: (card) => <span><span className="mono">{card.name}</span> <span className="text-ink-3 text-12">{card.kind.toLowerCase()}</span></span> },
              { key: 'licence', head: 'licence', leaves: 'narrow', cell: (card) => card.licence ?? <span className="text-ink-3">not said</span> },
              { key: 'people', head: 'people in it', leaves: 'narrow', cell: (card) => (card.personalData ? (card.consent ?? <span className="warn">no consent recorded</span>) : <span className="text-ink-3">none</span>) },
              { key: 'risk', head: 'risk', cell: (card) => <span className={card.effectiveRisk === 'HIGH' || card.effectiveRisk === 'PROHIBITED' ? 'bad' : undefined}>{card.effectiveRisk.toLowerCase()}</span> },
              ...(mayDescribe ? [{ key: 'edit', head: <span className="vh">Change</span>, cell: (card: Card) => <Button small look="bare" aria-label={`Describe ${card.name}`} onClick={() => setEditing(card)}>Describe</Button> }] : []),
            ]}
          />
        )}
      {editing !== null && <CardDialog slug={project.slug} card={editing} onClose={() => setEditing(null)} />}
    </Section>
  );
}

function CardDialog({ slug, card, onClose }: { readonly slug: string; readonly card: Card; readonly onClose: () => void }) {
  const [draft, setDraft] = useState(card);
  const [{ fetching, error }, describe] = useMutation(DescribeData);
  const change = (part: Partial<Card>): void => setDraft((before) => ({ ...before, ...part }));
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { kind, name, licence, personalData, consent, risk, note } = draft;
    if ((await describe({ input: { project: slug, kind, name, licence, personalData, consent, risk, note } })).error === undefined) onClose();
  };
  return (
    <Dialog open onClose={onClose} title={card.name === '' ? 'Describe data or a model' : `Describe ${card.name}`} about="It speaks of every version with this name.">
      <form className="grid gap-4" onSubmit={(event) => void save(event)}>
        {card.name === '' && <div className="grid grid-cols-2 gap-4"><Field label="Name" required value={draft.name} onChange={(event) => change({ name: event.target.value })} autoFocus /><Select label="It is a" value={draft.kind} choices={KINDS} onChoose={(kind) => change({ kind })} /></div>}
        <Field label="Licence" placeholder="CC BY 4.0" value={draft.licence ?? ''} onChange={(event) => change({ licence: event.target.value || null })} />
        <Tick label="It holds data of people" checked={draft.personalData} onChange={(event) => change({ personalData: event.target.checked })} />
        {draft.personalData && <Field label="How did they agree?" placeholder="Signed forms, 2024" value={draft.consent ?? ''} onChange={(event) => change({ consent: event.target.value || null })} hint="Without consent its risk is high." />}
        <Select label="Risk" value={draft.risk} choices={RISKS} onChoose={(risk) => change({ risk })} />
        <Field label="Note" value={draft.note ?? ''} onChange={(event) => change({ note: event.target.value || null })} problem={failureOf(error)?.message ?? null} />
        <DialogButtons><Button look="primary" type="submit" disabled={fetching}>Save</Button><Button look="bare" onClick={onClose}>Cancel</Button></DialogButtons>
      </form>
    </Dialog>
  );
}
