'use client';

import { useCallback } from 'react';
import { useClient } from 'urql';
import type { FindMentions, MentionChoice } from '../../_editor/mention-list.ts';
import { graphql } from '../../_graphql/graphql.ts';

const PeopleToMention = graphql(`query PeopleToMention { viewer { id organization { id people(first: 200) { id name email disabled } } } }`);

const MOST_SHOWN = 8;

/** Who can be mentioned, by what was typed behind the @; a name that begins with it first. */
export function useFindMentions(): FindMentions {
  const client = useClient();
  return useCallback(async (typed) => {
    const { data } = await client.query(PeopleToMention, {}, { requestPolicy: 'cache-first' }).toPromise();
    const asked = typed.trim().toLowerCase();
    const people = (data?.viewer.organization.people ?? []).filter(({ name, email, disabled }) => !disabled && `${name} ${email ?? ''}`.toLowerCase().includes(asked));
    return people
      .toSorted((a, b) => Number(b.name.toLowerCase().startsWith(asked)) - Number(a.name.toLowerCase().startsWith(asked)))
      .slice(0, MOST_SHOWN)
      .map(({ id, name, email }): MentionChoice => ({ key: id, kind: 'person', id, label: name, words: `@${name}`, ...(email === null ? {} : { detail: email }) }));
  }, [client]);
}
