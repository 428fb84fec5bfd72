'use client';

import { FileText, FlaskConical, Lightbulb, Sigma, User } from 'lucide-react';
import { createElement, useCallback } from 'react';
import { useClient } from 'urql';
import type { FindMentions, MentionChoice } from '../../_editor/mention-list.ts';
import { graphql } from '../../_graphql/graphql.ts';

const Mentionable = graphql(`query Mentionable($text: String!) { mentionable(text: $text, first: 8) { kind id label detail } }`);

const KINDS = { PERSON: 'person', EXPERIMENT: 'experiment', RUN: 'run', HYPOTHESIS: 'hypothesis', METRIC: 'metric' } as const;
const ICONS = { PERSON: User, EXPERIMENT: FlaskConical, RUN: FileText, HYPOTHESIS: Lightbulb, METRIC: Sigma } as const;
/** As it stands in a text: people with @, metrics with #. */
const WORDS = { PERSON: '@', EXPERIMENT: '', RUN: '', HYPOTHESIS: '', METRIC: '#' } as const;

/** Who and what can be mentioned, by what was typed behind the @. */
export function useFindMentions(): FindMentions {
  const client = useClient();
  return useCallback(async (typed) => {
    const { data } = await client.query(Mentionable, { text: typed }, { requestPolicy: 'network-only' }).toPromise();
    return (data?.mentionable ?? []).map(({ kind, id, label, detail }): MentionChoice => ({
      key: `${kind} ${id}`, kind: KINDS[kind], id, label, words: label.startsWith(WORDS[kind]) ? label : `${WORDS[kind]}${label}`, icon: createElement(ICONS[kind], { 'aria-hidden': true }), ...(detail === null ? {} : { detail }),
    }));
  }, [client]);
}
