/** Parts of the catalogue for a merchant's own pages: `messages/<area>/<locale>.json`. */
export const areas = ["account", "dashboard", "professionals", "settings"] as const;

/** The paths of those pages. */
export const areaPaths = /^\/(dashboard|register|login|verify|forgot|reset|confirm-email|invitation|connect-calendar)(\/|$)/;
