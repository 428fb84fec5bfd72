import { badInput } from '../refusal.ts';
import { optionalText } from '../richtext/plain-text.ts';

/** How much harm data or a model could do, mildest first. */
export const RISK_CLASSES = ['MINIMAL', 'LIMITED', 'HIGH', 'PROHIBITED'] as const;
export type RiskClass = (typeof RISK_CLASSES)[number];
export const CARD_KINDS = ['DATASET', 'MODEL'] as const;
export type CardKind = (typeof CARD_KINDS)[number];

/** What is known of a dataset, whatever its version, or of a model: where it may be used, and whom it could hurt. */
export interface DataCard {
  readonly kind: CardKind;
  readonly name: string;
  readonly licence: string | null;
  readonly personalData: boolean;
  /** How the people in it agreed. */
  readonly consent: string | null;
  readonly risk: RiskClass;
  readonly note: string | null;
}

export interface CardGiven {
  readonly kind: CardKind;
  readonly name: string;
  readonly licence?: string | null | undefined;
  readonly personalData?: boolean | null | undefined;
  readonly consent?: string | null | undefined;
  readonly risk?: RiskClass | null | undefined;
  readonly note?: string | null | undefined;
}

export function dataCard(given: CardGiven): DataCard {
  const name = optionalText(given.name, { code: 'data-card/name', name: 'The name', maxLength: 500 });
  if (name === null) throw badInput('data-card/name', 'Name the dataset or model as runs name it.');
  const text = (value: string | null | undefined, called: string) => optionalText(value, { code: 'data-card/text', name: called, maxLength: 4000 });
  return { kind: given.kind, name, licence: text(given.licence, 'The licence'), personalData: given.personalData ?? false, consent: text(given.consent, 'The consent'), risk: given.risk ?? 'MINIMAL', note: text(given.note, 'The note') };
}

const rank = (risk: RiskClass): number => RISK_CLASSES.indexOf(risk);
export const atLeast = (risk: RiskClass, from: RiskClass): boolean => rank(risk) >= rank(from);

/** Data of people who were not asked is of high risk, whatever its card says. */
export const riskOf = (card: DataCard): RiskClass => (card.personalData && card.consent === null && rank(card.risk) < rank('HIGH') ? 'HIGH' : card.risk);
