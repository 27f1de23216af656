import { z } from "zod";
import { stockReasons, stockReasonsByHand } from "#domain/shop/stock.ts";
import { lines } from "../service-terms.ts";
import { piecesMax, stockChangesPerPageMax } from "./limits.ts";

const note = lines(1, 500).nullable().optional();
const reason = z.enum(stockReasonsByHand);
const change = z.int().min(-piecesMax).max(piecesMax);

/** Either how many more or fewer there are, or what somebody counted. */
export const stockChangeRequest = z.union([
  z.strictObject({
    change: change.refine((pieces) => pieces !== 0, "0 changes nothing"),
    reason,
    note,
  }),
  z.strictObject({
    countedTo: z.int().min(0).max(piecesMax),
    seenOnHand: z.int().min(0).nullable().optional().describe("What you saw before. If it is another number by now: stock_changed."),
    reason,
    note,
  }),
]);
export type StockChangeRequest = z.output<typeof stockChangeRequest>;

export const stockChange = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  variantId: z.uuid(),
  variantTitle: z.string(),
  quantity: z.int().describe("How many came, or went (negative)."),
  onHand: z.int().describe("After it."),
  reason: z.enum(stockReasons),
  note: z.string().nullable(),
  orderId: z.uuid().nullable().describe("Of a sale or a return."),
  actor: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
});
export type StockChange = z.infer<typeof stockChange>;

export const stockQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(stockChangesPerPageMax).default(50),
});
export const stockHistory = z.object({ changes: z.array(stockChange), nextCursor: z.string().nullable() });
export type StockHistory = z.infer<typeof stockHistory>;
