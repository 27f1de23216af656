import type { Campaign } from "#contracts/links/campaign.ts";
import type { seenByPages } from "#contracts/metrics/steps.ts";

/**
 * How far a visit comes. Its random id lives in this tab and ends with it; it is in no cookie and
 * tells nobody from anybody. What cannot be counted disturbs nobody.
 */
type Kept = { id: string; at: number; counted: string[]; isDone: boolean };
type Step = (typeof seenByPages)[number];
type Seen = { link: string; step: Step; serviceId?: string; professionalId?: string; campaign?: Campaign | null };

const visitMs = 12 * 3_600_000;
const prefix = "konfirmado.visit.";
/** For a browser that forbids storage. */
const visits = new Map<string, Kept>();

/** Sends a step that only the page sees, once for each visit. */
export function countVisit({ link, step, campaign, ...chosen }: Seen): void {
  if (isPreview()) return;
  const visit = current(link) ?? begin(link);
  if (visit.counted.includes(step)) return;
  keep(link, { ...visit, counted: [...visit.counted, step] });
  const body = JSON.stringify({ link, step, ...chosen, ...(campaign && { campaign }) });
  const headers = { "content-type": "application/json", ...visitHeader(link) };
  fetch("/api/visits", { method: "POST", headers, body, keepalive: true }).catch(() => {});
}

/** For the requests that the server counts itself. */
export function visitHeader(link: string): { "x-visit"?: string } {
  const visit = isPreview() ? null : current(link);
  return visit ? { "x-visit": visit.id } : {};
}

/** The visit became a booking. Whoever comes again in this tab is another visit; Back is not. */
export function endVisits(): void {
  for (const link of linksVisited()) {
    const visit = read(link);
    if (visit) keep(link, { ...visit, isDone: true });
  }
}

/** A merchant looks at their own page in a frame of the dashboard. */
const isPreview = (): boolean => window.self !== window.top;

function current(link: string): Kept | null {
  const visit = read(link);
  if (!visit || visit.at < Date.now() - visitMs) return null;
  return visit.isDone && isNewArrival() ? null : visit;
}

function isNewArrival(): boolean {
  const [navigation] = performance.getEntriesByType("navigation");
  return navigation instanceof PerformanceNavigationTiming && navigation.type === "navigate";
}

function begin(link: string): Kept {
  const visit = { id: newVisitId(), at: Date.now(), counted: [], isDone: false };
  keep(link, visit);
  return visit;
}

/** `randomUUID` exists only on https and localhost, and people test by network address. */
function newVisitId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

function read(link: string): Kept | null {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(prefix + link) ?? "null");
    if (isKept(stored)) return stored;
  } catch {
    // Forbidden: `visits` has it.
  }
  return visits.get(link) ?? null;
}

function isKept(stored: unknown): stored is Kept {
  return typeof stored === "object" && stored !== null && "id" in stored && "counted" in stored && Array.isArray(stored.counted);
}

function keep(link: string, visit: Kept): void {
  visits.set(link, visit);
  try {
    sessionStorage.setItem(prefix + link, JSON.stringify(visit));
  } catch {
    // Forbidden or full: see above.
  }
}

function linksVisited(): string[] {
  try {
    const stored = Object.keys(sessionStorage).filter((key) => key.startsWith(prefix));
    return [...new Set([...visits.keys(), ...stored.map((key) => key.slice(prefix.length))])];
  } catch {
    return [...visits.keys()];
  }
}
