import type { Change } from '../../contracts/messages/change.ts';

export const DEMO_SETTING = 'demo';

export const DEMO_CHANGED: Change = { noun: 'demo', id: 'demo', verb: 'progressed', projectId: null, experimentId: null, subjectId: null };
