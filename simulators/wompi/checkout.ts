import { isSameText } from "../same-text.ts";
import type { WompiMerchant, WompiTransaction } from "./shapes.ts";
import { integritySignature } from "./signatures.ts";
import { transactionsOf, type WompiWorld } from "./world.ts";

const minAmountInCents = 150_000;
/** How long a buyer may retry: https://docs.wompi.co/docs/colombia/reintento-de-pago/ */
export const retryMinutes = 3;

export type Checkout = {
  query: string;
  merchant: WompiMerchant;
  reference: string;
  amountInCents: number;
  currency: string;
  redirectUrl: string | null;
  expirationTime: string | null;
  isExpired: boolean;
  customer: WompiTransaction["customer"];
  attempts: WompiTransaction[];
};

/** Why the hosted page shows an error instead of a payment. */
export type CheckoutRefusal = { status: 404 | 422 | 410 | 409; title: string; message: string };

const required = ["public-key", "currency", "amount-in-cents", "reference", "signature:integrity"];

/** Checks the hosted page's query. `refusePayment` judges expiry and earlier payments. */
export function readCheckout(world: WompiWorld, query: string): Checkout | CheckoutRefusal {
  const params = new URLSearchParams(query);
  const missing = required.filter((name) => !params.get(name));
  if (missing.length > 0) return refuse(422, "Faltan datos del pago", `No está presente: ${missing.join(", ")}`);
  const text = (name: string): string => params.get(name) ?? "";
  const merchant = world.merchants.get(text("public-key"));
  if (!merchant) return refuse(404, "Comercio no encontrado", "La llave pública no corresponde a ningún comercio");
  if (text("currency") !== "COP") return refuse(422, "Moneda no admitida", "currency: solo se admite COP");
  const wrongAmount = refuseAmount(text("amount-in-cents"));
  if (wrongAmount) return wrongAmount;
  const reference = text("reference");
  if (reference.length > 255) return refuse(422, "Referencia inválida", "reference: el tamaño no puede ser mayor que 255");
  const expirationTime = params.get("expiration-time") || null;
  const { integritySecret } = merchant;
  const signed = { reference, amountInCents: text("amount-in-cents"), currency: "COP", expirationTime, integritySecret };
  if (!isSameText(integritySignature(signed), text("signature:integrity"))) {
    return refuse(422, "No podemos continuar con el pago", "La firma es inválida");
  }
  const expiresMs = expirationTime === null ? Infinity : Date.parse(expirationTime);
  if (Number.isNaN(expiresMs)) return refuse(422, "Fecha inválida", "expiration-time: no es una fecha ISO 8601");
  const redirectUrl = params.get("redirect-url") || null;
  if (redirectUrl !== null && !URL.canParse(redirectUrl)) return refuse(422, "Dirección inválida", "redirect-url: no es una URL válida");
  return {
    query,
    merchant,
    reference,
    amountInCents: Number(text("amount-in-cents")),
    currency: "COP",
    redirectUrl,
    expirationTime,
    isExpired: expiresMs <= world.clock.now(),
    customer: {
      email: params.get("customer-data:email"),
      fullName: params.get("customer-data:full-name"),
      phoneNumber: params.get("customer-data:phone-number"),
    },
    attempts: transactionsOf(world, merchant.publicKey, reference),
  };
}

/** Returns null when the buyer may pay now. */
export function refusePayment(world: WompiWorld, checkout: Checkout, knobs = checkout.merchant.knobs): CheckoutRefusal | null {
  if (checkout.isExpired && knobs.expiredApprovals === "refused") {
    return refuse(410, "El tiempo para pagar terminó", `La transacción expiró el ${checkout.expirationTime ?? ""}`);
  }
  const approved = checkout.attempts.filter((attempt) => attempt.status === "APPROVED");
  if (approved.length >= knobs.approvals) {
    return refuse(409, "Este pago ya fue aprobado", "La referencia ya ha sido usada en una transacción aprobada");
  }
  const retryEndsMs = world.clock.now() - retryMinutes * 60_000;
  const isStale = (attempt: WompiTransaction) => attempt.finalizedAt !== null && Date.parse(attempt.finalizedAt) < retryEndsMs;
  const failed = checkout.attempts.filter((attempt) => attempt.status === "DECLINED" || attempt.status === "ERROR");
  if (failed.length > 0 && failed.every(isStale)) {
    return refuse(409, "No podemos continuar con el pago", "La referencia ya ha sido usada");
  }
  return null;
}

export const isRefusal = (outcome: Checkout | CheckoutRefusal): outcome is CheckoutRefusal => "message" in outcome;

function refuseAmount(amount: string): CheckoutRefusal | null {
  const wrong = (why: string) => refuse(422, "Monto inválido", `amount-in-cents: ${why}`);
  if (!/^\d{1,13}$/.test(amount)) return wrong("debe ser un número entero");
  if (Number(amount) < minAmountInCents) return wrong("el monto mínimo es $1.500 COP");
  if (Number(amount) % 100 !== 0) return wrong("no se admiten centavos en COP");
  return null;
}

function refuse(status: CheckoutRefusal["status"], title: string, message: string): CheckoutRefusal {
  return { status, title, message };
}
