/** How long a signed link lives, and how far back a link's figures look. */
export const signedLinkHours = { min: 1, default: 30 * 24, max: 90 * 24 } as const;
export const linkFiguresDays = 30;

const hourMs = 3_600_000;

export function signedLinkEnd(now: number, hours: number = signedLinkHours.default): Date {
  return new Date(now + hours * hourMs);
}
