import { conflict, forbidden, type Refusal } from '../refusal.ts';
import { atLeast, RISK_CLASSES, riskOf, type DataCard, type RiskClass } from './data-card.ts';

/** What an experiment's data and models ask for, and whether it was given. */
export interface EthicsStanding {
  /** The gravest class among what it uses; null where no card says anything. */
  readonly risk: RiskClass | null;
  /** An ethics reviewer must approve. */
  readonly needed: boolean;
  readonly approved: boolean;
  /** Why, as sentences. */
  readonly reasons: readonly string[];
}

const what = ({ kind, name }: DataCard): string => `${kind === 'DATASET' ? 'Dataset' : 'Model'} ${name}`;

function reasonsOf(card: DataCard, from: RiskClass | null): readonly string[] {
  const risk = riskOf(card);
  return [
    ...(risk === 'PROHIBITED' ? [`${what(card)} is prohibited: nothing made with it leaves the project.`] : []),
    ...(card.personalData && card.consent === null ? [`${what(card)} holds data of people, and no consent is recorded.`] : []),
    ...(from !== null && risk !== 'PROHIBITED' && atLeast(risk, from) ? [`${what(card)} is of ${risk.toLowerCase()} risk, so an ethics reviewer must approve.`] : []),
  ];
}

/** Where an experiment stands: `cards` are of what its counted runs used, `approved` says that an ethics reviewer's approval of this evidence holds. */
export function ethicsStanding(cards: readonly DataCard[], policy: { readonly ethicsFrom: RiskClass | null }, approved: boolean): EthicsStanding {
  const risk = RISK_CLASSES.findLast((each) => cards.some((card) => riskOf(card) === each)) ?? null;
  const needed = risk !== null && policy.ethicsFrom !== null && atLeast(risk, policy.ethicsFrom);
  return { risk, needed, approved: needed && approved, reasons: cards.flatMap((card) => reasonsOf(card, policy.ethicsFrom)) };
}

/** Why this may not be shared; null when it may. The same gate stands before dispatch and promotion when they come. */
export function sharingRefusal({ risk, needed, approved, reasons }: EthicsStanding): Refusal | null {
  if (risk === 'PROHIBITED') return conflict('share/data-prohibited', `This cannot be shared. ${reasons.join(' ')}`);
  if (needed && !approved) return conflict('share/ethics-review-needed', `An ethics reviewer must approve this first. ${reasons.join(' ')}`);
  return null;
}

const risen = (card: DataCard | null, from: RiskClass): boolean => card !== null && (riskOf(card) === 'PROHIBITED' || atLeast(riskOf(card), from));

/** Why this person may not describe data so; null when they may. Whoever may describe it may say that it is of more risk; that the gate lifts is for those who speak for ethics, or who set the policy. */
export function descriptionRefusal(before: DataCard | null, after: DataCard, by: { readonly speaksForEthics: boolean; readonly setsPolicy: boolean }, { ethicsFrom }: { readonly ethicsFrom: RiskClass | null }): Refusal | null {
  const from = ethicsFrom ?? 'PROHIBITED';
  if (by.speaksForEthics || by.setsPolicy || !risen(before, from) || risen(after, from)) return null;
  return forbidden('data-card/lowered', `${what(after)} is of ${before === null ? '' : riskOf(before).toLowerCase()} risk. Only who speaks for ethics in this project, or a maintainer, may say that it is of less: ask one of them.`);
}
