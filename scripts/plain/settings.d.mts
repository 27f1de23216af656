export interface Settings {
  port: number;
  simulatorsPort: number;
  smtpPort: number;
  appUrl: string;
  /** Is undefined for our own database in the data folder. */
  databaseUrl: string | undefined;
  dataDir: string;
}
export const root: string;
export function readSettings(env: Record<string, string | undefined>): Settings;
export function withoutPassword(text: string): string;
export function checkDataDir(dataDir: string): void;
