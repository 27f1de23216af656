/** Parts of the catalogue for merchants alone: `messages/<area>/<locale>.json`. */
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
  "shop-desk",
  "today",
] as const;

/** The paths of those pages. */
export const areaPaths = /^\/(dashboard|register|login|verify|forgot|reset|confirm-email|invitation|connect-calendar|notice-mails)(\/|$)/;

/** The pages of a shop and of its orders: `messages/shop` lies over the words of bookings. */
export const shopPaths = /^(\/[a-z]{2})?\/(shop|order)(\/|$)/;
