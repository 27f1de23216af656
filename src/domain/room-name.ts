/**
 * The same for the same booking, so that a retry finds the first room. At most 28 characters: the
 * strictest provider allows 41 for its domain and the name together.
 */
export function roomNameOf(bookingId: string): string {
  return `bk-${BigInt(`0x${bookingId.replaceAll("-", "")}`).toString(36)}`;
}

/** The room's address without the key of the person whose link this is. */
export function roomAddressOf(meetingUrl: string): string {
  return meetingUrl.replace(/[?#].*$/, "");
}
