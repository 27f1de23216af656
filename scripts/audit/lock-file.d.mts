export interface LockedPackage {
  version?: string;
  integrity?: string;
  resolved?: string;
  license?: string;
  link?: boolean;
  dev?: boolean;
  optional?: boolean;
  hasInstallScript?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
}
export interface AuditedLock {
  packages: Record<string, LockedPackage>;
}
export function withoutHash(lock: AuditedLock, isInstalled: (path: string) => boolean): [string, LockedPackage][];
export function unprovenPackages(lock: AuditedLock, isInstalled: (path: string) => boolean): string[];
export function undecidedScripts(lock: AuditedLock, allowScripts: Record<string, boolean>): string[];
export function productionPackages(
  lock: AuditedLock,
): { path: string; name: string; version: string | undefined; lockedLicence: string | undefined }[];
