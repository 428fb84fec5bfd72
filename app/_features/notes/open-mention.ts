import type { Client } from 'urql';
import type { Mention } from '../../../domain/richtext/mentions.ts';
import { EvidenceSubjectQuery } from './evidence-documents.ts';

/** Where a mention leads; null for a person, who has no page, and for what is not there any more. */
export async function openMention(client: Client, { kind, id }: Mention): Promise<string | null> {
  const [owner = ''] = id.split('/');
  if (kind === 'person') return null;
  if (kind === 'run') return `/r/${owner}`;
  if (kind === 'hypothesis') return `/h/${owner}`;
  const { data } = await client.query(EvidenceSubjectQuery, { id: owner }).toPromise();
  if (data?.node?.__typename !== 'Experiment') return null;
  return kind === 'metric' ? `/e/${data.node.key}?metric=${encodeURIComponent(id.slice(owner.length + 1))}` : `/e/${data.node.key}`;
}
