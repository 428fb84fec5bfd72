import { resultStories } from './result-stories.ts';
import { rankStories, scoreOf, type ItemKind, type Story } from './story.ts';
import { openActionsStory, weekStories } from './week-stories.ts';
import type { Week } from './week.ts';

export interface DraftedItem extends Story {
  readonly score: number;
  readonly plannedSeconds: number;
}

const MINUTES: Readonly<Record<ItemKind, number>> = { OPEN_ACTIONS: 5, IMPROVEMENT: 10, SURPRISE: 8, CONTRADICTION: 8, STALLED: 4, NEGATIVE: 3, BURN: 4, DUE: 5, EXPLORATORY: 3, TOPIC: 5 };
export const plannedSecondsFor = (kind: ItemKind): number => MINUTES[kind] * 60;

const MOST_DRAFTED = 12;
/** Below this a story is not worth anybody's minutes. */
const LEAST_SCORE = 0.05;

/** The agenda a week asks for, strongest first, as far as the time goes: a meeting is as long as people planned it. At least three items, where there are so many. */
export function draftAgenda(week: Week, plannedMinutes: number): readonly DraftedItem[] {
  const open = openActionsStory(week.openActions);
  const ranked = rankStories([...resultStories(week), ...weekStories(week)]).filter((story) => scoreOf(story) >= LEAST_SCORE);
  const all = [...(open ? [open] : []), ...ranked].slice(0, MOST_DRAFTED);
  let left = plannedMinutes * 60;
  const fitting: DraftedItem[] = [];
  for (const story of all) {
    const plannedSeconds = plannedSecondsFor(story.kind);
    left -= plannedSeconds;
    if (left < 0 && fitting.length >= 3) break;
    fitting.push({ ...story, score: scoreOf(story), plannedSeconds });
  }
  return fitting;
}
