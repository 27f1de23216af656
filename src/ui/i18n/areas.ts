/** Parts of the catalogue that no page of a booking needs: `messages/<area>/<locale>.json`. */
export const areas = [
  "account",
  "audit",
  "booking",
  "bookings",
  "byHand",
  "calendar",
  "customers",
  "dashboard",
  "firstRun",
  "inquiries",
  "keys",
  "ledger",
  "links",
  "metrics",
  "money",
  "notices",
  "payments",
  "professionals",
  "services",
  "settings",
  "shop",
  "shop-desk",
  "today",
] as const;

/** The paths of those pages. */
export const areaPaths = /^\/(dashboard|register|login|verify|forgot|reset|confirm-email|invitation|connect-calendar|notice-mails)(\/|$)/;

/** The pages of a shop and of its orders need one of those parts. */
export const shopPaths = /^(\/[a-z]{2})?\/(shop|order)(\/|$)/;
