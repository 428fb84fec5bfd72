import { formatNumber } from '../../_ui/numbers.ts';
import { RelativeTime } from '../../_ui/relative-time.tsx';

/** The start of a content's hash: enough to tell versions apart, and the whole of it on hover. */
export const Digest = ({ of }: { readonly of: string }) => <span className="mono" title={of}>{of.slice(0, 12)}</span>;

/** A number, or a dash for what nobody recorded. */
export const known = (value: number | null): string => (value === null ? '–' : formatNumber(value, { decimals: 0 }));

export const When = ({ at }: { readonly at: string | null }) => (at === null ? <span className="text-ink-3">–</span> : <span className="text-ink-3"><RelativeTime short at={at} /></span>);

export const rolesText = (roles: readonly string[]): string => (roles.length === 0 ? '–' : roles.join(', '));
