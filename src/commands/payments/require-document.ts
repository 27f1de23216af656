import { Refusal } from "#contracts/problem.ts";
import { paymentProvider } from "#providers/payments/registry.ts";

/** Refuses: document_required, of a provider that asks for the customer's document. */
export function requireDocument(providerId: string, isGiven: boolean): void {
  if (!isGiven && paymentProvider(providerId)?.capabilities.asksFor.includes("document")) throw new Refusal("document_required");
}
