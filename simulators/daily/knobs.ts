import { z } from "zod";

const count = z.coerce.number().int().min(0).max(1000);

export const dailyKnobsSchema = z
  .object({
    /** This many of the next calls fail without any effect. */
    failNext: count,
    failStatus: z.union([z.literal("429"), z.literal("500"), z.literal("503")]).transform(Number),
    /** This many of the next rooms are created, but answered with 500. */
    failAfterEffect: count,
    delayMs: z.coerce.number().int().min(0).max(60_000),
    rateLimit: z.enum(["on", "off"]),
  })
  .partial();

export type DailyKnobs = Required<z.output<typeof dailyKnobsSchema>>;

export const defaultDailyKnobs: DailyKnobs = { failNext: 0, failStatus: 500, failAfterEffect: 0, delayMs: 0, rateLimit: "off" };
