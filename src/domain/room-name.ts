/**
 * The same for the same booking, so that a second try finds the first one's room. At most 28 characters: the narrowest
 * provider leaves 41 for its own domain and the name together.
 */
export function roomNameOf(bookingId: string): string {
  return `bk-${BigInt(`0x${bookingId.replaceAll("-", "")}`).toString(36)}`;
}
