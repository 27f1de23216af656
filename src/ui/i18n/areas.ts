/** Parts of the catalogue for merchants alone: `messages/<area>/<locale>.json`. */
export const areas = [
  "account",
  "audit",
  "booking",
  "bookings",
  "calendar",
  "customers",
  "dashboard",
  "firstRun",
  "keys",
  "links",
  "money",
  "payments",
  "professionals",
  "services",
  "settings",
] as const;

/** The paths of those pages. */
export const areaPaths = /^\/(dashboard|register|login|verify|forgot|reset|confirm-email|invitation|connect-calendar)(\/|$)/;
