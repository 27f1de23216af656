export interface LicenceException {
  names: RegExp;
  licence: string | null;
  why: string;
}
export const exceptions: LicenceException[];
export function refusedLicences(
  packages: { name: string; version: string | undefined; licence: string | undefined }[],
  given?: LicenceException[],
): string[];
export function licenceOf(manifest: { license?: unknown; licenses?: unknown }): string | undefined;
