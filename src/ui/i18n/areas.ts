/** Parts of the catalogue that only a merchant's own pages need: `messages/<area>/<locale>.json`. */
export const areas = ["dashboard", "settings", "payments", "keys", "audit"] as const;

/** The paths of those pages. */
export const areaPaths = /^\/(dashboard|register|login|verify|forgot|reset|invitation|connect-calendar)(\/|$)/;
