/** Facts about this installation. */
export interface SettingRecords {
  get(key: string): Promise<unknown>;
  put(key: string, value: unknown): Promise<void>;
}
