import type { Look } from '../../domain/home/look.ts';

export interface HomeRecords {
  /** The person's look, locked until the transaction ends. */
  look(personId: string): Promise<Look | null>;
  saveLook(personId: string, look: Look): Promise<void>;
}
