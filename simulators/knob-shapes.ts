import { z } from "zod";

export const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

/** How an API misbehaves. 0 is no failure. */
export const apiShapes = {
  apiStatus: z.union([z.literal("0").transform(() => 0), whole(400, 599)]),
  apiFailures: whole(0, 1000),
  apiDelayMs: whole(0, 60_000),
};
export const goodApi = { apiStatus: 0, apiFailures: 0, apiDelayMs: 0 };

type ApiChanges = { apiStatus?: number | undefined; apiFailures?: number | undefined };

/** Lays the changes over the knobs. A failing API status without a count fails once. */
export function changedKnobs<Knobs extends object>(
  knobs: Knobs,
  changes: ApiChanges & { [Knob in keyof Knobs]?: Knobs[Knob] | undefined },
): Knobs {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const once = changes.apiStatus && changes.apiFailures === undefined ? { apiFailures: 1 } : {};
  return { ...knobs, ...once, ...given };
}
