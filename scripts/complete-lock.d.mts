export interface Lock {
  packages: Record<string, { dev?: boolean; optionalDependencies?: Record<string, string> }>;
}
export function missingOptional(lock: Lock): { name: string; version: string; isDev: boolean }[];
