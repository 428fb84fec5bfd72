/** Facts about this installation. */
export interface SettingRecords {
  get(key: string): Promise<unknown>;
  /** The value, read so that other transactions that lock the same key wait until this one ends. Undefined when it was never put. */
  lock(key: string): Promise<unknown>;
  put(key: string, value: unknown): Promise<void>;
}
