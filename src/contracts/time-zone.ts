/** An IANA time zone that this machine knows, such as America/Bogota. */
export function isTimezone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).format(0) !== "" && /^[A-Z]/.test(zone);
  } catch {
    return false;
  }
}
