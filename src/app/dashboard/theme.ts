export const themeChoices = ["light", "dark", "system"] as const;
export type ThemeChoice = (typeof themeChoices)[number];

const yearSeconds = 365 * 24 * 3600;

/** What the page wears: the root says it, from the cookie or from the last choice. */
export function chosenTheme(): ThemeChoice {
  const worn = document.documentElement.dataset["theme"];
  return themeChoices.find((choice) => choice === worn) ?? "system";
}

/** At once, and by a cookie for every page that the server sends from now on. */
export function setTheme(choice: ThemeChoice): void {
  const root = document.documentElement;
  if (choice === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = choice;
  // biome-ignore lint/suspicious/noDocumentCookie: no Cookie Store in older Safaris.
  document.cookie = `theme=${choice}; path=/; max-age=${choice === "system" ? 0 : yearSeconds}; samesite=lax`;
}
