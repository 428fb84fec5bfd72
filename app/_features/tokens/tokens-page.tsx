'use client';

import { useState, type FormEvent } from 'react';
import { useMutation } from 'urql';
import { graphql, type ResultOf } from '../../_graphql/graphql.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { useCrumbs } from '../../_shell/crumbs.tsx';
import { Absent } from '../../_ui/absent.tsx';
import { Button } from '../../_ui/button.tsx';
import { Copyable } from '../../_ui/copyable.tsx';
import { DataTable } from '../../_ui/data-table.tsx';
import { Dialog, DialogButtons } from '../../_ui/dialog.tsx';
import { Field, Select } from '../../_ui/field.tsx';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { PageHead, Section } from '../../_ui/section.tsx';
import { Empty, ErrorNote } from '../../_ui/waiting.tsx';

const TokensQuery = graphql(`query Tokens { viewer { id localMode tokens { id name hint expiresAt lastUsedAt createdAt revokedAt } } }`);
const CreateToken = graphql(`mutation CreateToken($input: CreateTokenInput!) { createToken(input: $input) { secret token { id name } } }`);
const RevokeToken = graphql(`mutation RevokeToken($input: RevokeTokenInput!) { revokeToken(input: $input) { token { id revokedAt } } }`);

type Token = ResultOf<typeof TokensQuery>['viewer']['tokens'][number];

const LIVES = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'a year' },
  { value: '', label: 'until revoked' },
] as const;
const DAY_IN_MS = 86_400_000;

/** The moment `days` from now, as the server wants it; empty for never. */
const expiryOf = (days: string): string | null => (days === '' ? null : new Date(Date.now() + Number(days) * DAY_IN_MS).toISOString());

/** What scripts sign in with. A secret is shown once, when it is made. */
export function TokensPage() {
  useCrumbs([{ label: 'Tokens' }]);
  const [{ data, error, fetching }, refresh] = useQuery({ query: TokensQuery, requestPolicy: 'cache-and-network' });
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<Token | null>(null);
  if (!data) return <Absent failure={failureOf(error)} fetching={fetching} what="page" again={refresh} />;
  const alive = data.viewer.tokens.filter((token) => token.revokedAt === null);
  return (
    <>
      <PageHead title="Tokens" meta={<p className="mt-1 text-ink-2">Scripts and clients sign in with a token and act as you.{data.viewer.localMode ? ' On this machine they need none.' : ''}</p>}>
        <Button look="primary" onClick={() => setMaking(true)}>New token</Button>
      </PageHead>
      <Section title="In use" count={alive.length > 0 ? alive.length : null}>
        {alive.length === 0 ? <Empty fact="No token yet." steps={['Make one for each script or machine, so that one can be revoked without the others.', <>Set <code key="code">MLFLOW_TRACKING_TOKEN</code> to its secret.</>]} /> : <TokenTable tokens={alive} onRevoke={setRevoking} />}
      </Section>
      {making ? <NewTokenDialog onClose={() => { setMaking(false); refresh(); }} /> : null}
      {revoking ? <RevokeDialog token={revoking} onClose={() => setRevoking(null)} /> : null}
    </>
  );
}

const TokenTable = ({ tokens, onRevoke }: { readonly tokens: readonly Token[]; readonly onRevoke: (token: Token) => void }) => (
  <DataTable
    label="Tokens" rows={tokens} rowKey={(token) => token.id}
    columns={[
      { key: 'name', head: 'name', cell: (token) => <span className="font-medium">{token.name}</span> },
      { key: 'hint', head: 'begins with', leaves: 'narrow', cell: (token) => <span className="id">{token.hint}…</span> },
      { key: 'used', head: 'last used', kind: 'number', cell: (token) => (token.lastUsedAt ? <RelativeTime at={token.lastUsedAt} /> : <span className="text-ink-3">never</span>) },
      { key: 'expires', head: 'runs out', kind: 'number', leaves: 'narrow', cell: (token) => (token.expiresAt ? <RelativeTime at={token.expiresAt} /> : <span className="text-ink-3">never</span>) },
      { key: 'made', head: 'made', kind: 'number', leaves: 'narrow', cell: (token) => <span className="text-ink-3"><RelativeTime at={token.createdAt} /></span> },
      { key: 'revoke', head: <span className="vh">revoke</span>, width: '96px', cell: (token) => <span className="flex justify-end"><Button small look="bare" onClick={() => onRevoke(token)} aria-label={`Revoke ${token.name}`}>Revoke</Button></span> },
    ]}
  />
);

function NewTokenDialog({ onClose }: { readonly onClose: () => void }) {
  const [name, setName] = useState('');
  const [life, setLife] = useState<(typeof LIVES)[number]['value']>('90');
  const [{ data, error, fetching }, create] = useMutation(CreateToken);
  const failure = failureOf(error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void create({ input: { name: name.trim(), expiresAt: expiryOf(life) } });
  };
  return (
    <Dialog open onClose={onClose} title={data ? `Token “${data.createToken.token.name}”` : 'New token'} about={data ? 'This is the only time the secret is shown. Only its hash is kept here.' : undefined}>
      {data ? (
        <>
          <Copyable secret label="the secret" text={data.createToken.secret} />
          <Copyable label="the line for a script" text={`export MLFLOW_TRACKING_TOKEN=${data.createToken.secret}`} />
          <DialogButtons><Button look="primary" onClick={onClose}>I have kept it</Button></DialogButtons>
        </>
      ) : (
        <form className="grid gap-4" onSubmit={submit}>
          <Field label="Name" required maxLength={100} value={name} placeholder="gpu-2, nightly" onChange={(event) => setName(event.target.value)} autoFocus hint="Where it will be used." />
          <Select label="Runs out after" value={life} choices={LIVES} onChoose={setLife} />
          {failure ? <ErrorNote title={failure.message} /> : null}
          <DialogButtons><Button type="submit" look="primary" disabled={fetching || name.trim() === ''}>Make it</Button><Button look="bare" onClick={onClose}>Cancel</Button></DialogButtons>
        </form>
      )}
    </Dialog>
  );
}

function RevokeDialog({ token, onClose }: { readonly token: Token; readonly onClose: () => void }) {
  const [{ error, fetching }, revoke] = useMutation(RevokeToken);
  const failure = failureOf(error);
  const submit = async () => {
    const { data } = await revoke({ input: { token: token.id } });
    if (data) onClose();
  };
  return (
    <Dialog open onClose={onClose} title={`Revoke “${token.name}”?`} about="Whatever signs in with it is refused from now on. Runs it logged stay.">
      {failure ? <ErrorNote title={failure.message} /> : null}
      <DialogButtons><Button look="danger" disabled={fetching} onClick={() => { void submit(); }}>Revoke it</Button><Button look="bare" onClick={onClose}>Keep it</Button></DialogButtons>
    </Dialog>
  );
}
