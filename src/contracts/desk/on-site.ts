import { z } from "zod";
import { onSiteMethods, onSiteReferenceLengthMax } from "./limits.ts";

/** How a reception took money. */
export const onSiteMoney = z.strictObject({
  method: z.enum(onSiteMethods),
  reference: z.string().trim().min(1).max(onSiteReferenceLengthMax).optional().describe("Of the terminal's slip or the bank."),
});
export type OnSiteMoney = z.infer<typeof onSiteMoney>;

export const onSiteDue = onSiteMoney.extend({
  of: z
    .enum(["booking", "rest"])
    .default("booking")
    .describe(
      "rest: what a deposit has left. With half of the price as deposit both are the same sum, so a repeat must say which it means.",
    ),
  expectedMinor: z.int().min(1).describe("What the person saw as due. If anything else is due by now, nothing is taken."),
});
