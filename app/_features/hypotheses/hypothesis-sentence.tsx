import { formatNumber } from '../../_ui/numbers.ts';

/** The parts a hypothesis is made of; what is missing is null or empty. */
export interface HypothesisParts {
  readonly statement: string;
  readonly change: string | null;
  readonly metric: string | null;
  readonly direction: 'INCREASE' | 'DECREASE' | null;
  readonly minEffect: number | null;
  readonly because: string | null;
}

export type HypothesisPart = 'change' | 'direction' | 'metric' | 'minEffect' | 'because';

const QUESTIONS: Record<HypothesisPart, string> = { change: 'which change?', direction: 'up or down?', metric: 'which metric?', minEffect: 'how much?', because: 'why?' };

interface SentenceProps {
  readonly of: HypothesisParts;
  readonly size?: 'large' | 'medium' | 'small';
  /** Lists may drop the reason. */
  readonly withReason?: boolean;
  /** Makes each part a button that opens it. */
  readonly onOpen?: (part: HypothesisPart) => void;
}

const SIZES = { large: '', medium: 'md', small: 'sm' } as const;

/** "We believe that CHANGE will ↑ increase METRIC by at least MIN EFFECT because REASON." What is missing is a question in ochre. A hypothesis given only as a statement is shown as it was written. */
export function HypothesisSentence({ of, size = 'large', withReason = true, onOpen }: SentenceProps) {
  const className = `hyp ${SIZES[size]}`;
  if (!of.change && !onOpen) return <p className={className}><span className="text-ink">{of.statement}</span></p>;
  const part = (name: HypothesisPart, text: string | null, extra = '') => <Part name={name} text={text} extra={extra} onOpen={onOpen} />;
  const opening = size === 'small' ? { said: '', change: capital(of.change) } : { said: 'We believe that ', change: of.change };
  return (
    <p className={className}>
      {opening.said}{part('change', opening.change)} will <Part name="direction" text={of.direction?.toLowerCase() ?? null} arrow={of.direction === 'DECREASE' ? '↓' : '↑'} onOpen={onOpen} /> {part('metric', of.metric, 'mt')} by at least{' '}
      {part('minEffect', of.minEffect === null ? null : formatNumber(of.minEffect))}
      {withReason ? <> because {part('because', withoutStop(of.because))}</> : null}{endsOpen(of, withReason) ? '' : '.'}
    </p>
  );
}

const capital = (text: string | null): string | null => (text ? text.charAt(0).toUpperCase() + text.slice(1) : null);
const withoutStop = (text: string | null): string | null => text?.replace(/[.\s]+$/, '') ?? null;

/** A question ends the sentence by itself. */
const endsOpen = ({ because, minEffect }: HypothesisParts, withReason: boolean): boolean => (withReason ? !because : minEffect === null);

function Part({ name, text, extra = '', arrow, onOpen }: { readonly name: HypothesisPart; readonly text: string | null; readonly extra?: string; readonly arrow?: string; readonly onOpen: SentenceProps['onOpen'] }) {
  const inside = text ? <>{arrow ? <><span className="ar" aria-hidden="true">{arrow}</span>{'\u202F'}</> : null}{text}</> : QUESTIONS[name];
  const className = text ? `pt ${extra}` : 'ask';
  if (!onOpen) return <span className={className}>{inside}</span>;
  return <button type="button" className={className} onClick={() => onOpen(name)}>{inside}</button>;
}
