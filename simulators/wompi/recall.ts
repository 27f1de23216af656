import { z } from "zod";
import { BadFields } from "../fields.ts";
import { declinedWords, rememberTransaction, type WompiWorld } from "./world.ts";

const time = z.iso.datetime();
const word = z.string().max(255);
const pastSchema = z.object({
  id: word.min(1),
  publicKey: word,
  reference: word.min(1),
  amountInCents: z.number().int().min(0).max(1e12),
  currency: z.string().length(3),
  status: z.enum(["APPROVED", "DECLINED", "ERROR", "VOIDED"]),
  createdAt: time,
  finalizedAt: time,
  method: z.enum(["CARD", "NEQUI", "PSE"]),
  customer: z.object({ email: word.nullable(), fullName: word.nullable(), phoneNumber: word.nullable() }),
});
/** What became of a transaction before this program began. */
export type PastTransaction = z.input<typeof pastSchema>;
const pastMax = 2000;

/**
 * The real service forgets nothing, but this one keeps everything in memory: whoever still has old
 * transactions tells of them. Sends no events, and leaves those alone that are known.
 */
export function recallTransactions(world: WompiWorld, given: unknown): { recalled: number } {
  const parsed = z.array(pastSchema).max(pastMax).safeParse(given);
  if (!parsed.success)
    throw new BadFields({ transactions: parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) });
  const unknown = parsed.data.filter(({ id, publicKey }) => !world.transactions.has(id) && world.merchants.has(publicKey));
  for (const past of unknown) rememberTransaction(world, asKept(past));
  return { recalled: unknown.length };
}

export const asKept = (past: PastTransaction) => ({
  ...past,
  statusMessage: declinedWords[past.status] ?? null,
  redirectUrl: null,
  expirationTime: null,
  refundedInCents: 0,
  lagReadsLeft: 0,
});
