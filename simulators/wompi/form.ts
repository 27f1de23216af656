import type { Outcome } from "./pay.ts";
import type { Method } from "./shapes.ts";

/** What a buyer typed into the hosted page. */
export type Typed = { method: Method; card: string; phone: string; bank: string };

/**
 * The sandbox's own numbers decide: https://docs.wompi.co/docs/colombia/datos-de-prueba-en-sandbox/
 * After a decline the buyer stays, and may try another method.
 */
export function outcomeOfForm({ method, card, phone, bank }: Typed): Outcome {
  if (method === "PSE") return bank === "2" ? "decline_then_retry" : "approve";
  const typed = (method === "CARD" ? card : phone).replaceAll(/\D/g, "");
  return ends[method][typed] ?? "error";
}

const ends: Record<Exclude<Method, "PSE">, Record<string, Outcome>> = {
  CARD: { "4242424242424242": "approve", "4111111111111111": "decline_then_retry" },
  NEQUI: { "3991111111": "approve", "3992222222": "decline_then_retry" },
};
