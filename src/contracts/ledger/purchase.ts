import { z } from "zod";

/** What some money paid for, as lists of money have it. */
export const moneysPurchase = z.object({
  id: z.uuid(),
  kind: z.string(),
  customerName: z.string(),
  /** Of a booking. */
  service: z.string().nullable(),
  /** Of an order, as people say it. Null for another kind, and for what never became an order. */
  orderNumber: z.int().nullable(),
});
