/** A merchant's address may hold a secret of theirs in its query. For whoever cannot change it. */
export function hideQuery(address: string): string {
  return address.replace(/\?.*$/s, "?••••");
}
