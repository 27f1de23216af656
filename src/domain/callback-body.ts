import type { CheckoutPaymentStatus } from "./checkout-states.ts";
import { toMajor } from "./money.ts";

/**
 * The part of the callback's JSON that every checkout has (docs/callbacks.md: the Spanish keys are
 * the contract). Its kind adds what was bought. Amounts come in whole units (120000 means $120.000
 * COP) and, as `…_menor`, in minor units.
 */
export type CallbackBody = {
  evento: string;
  secuencia: number;
  tenant_id: string;
  usuario: { nombre: string; email: string; telefono: string; acepto_terminos: boolean };
  pago: { proveedor: string; estado: CallbackPaymentState; referencia: string; moneda: string } & Amount<"monto">;
  reembolso?: { motivo: string; estado: string; numero: string; compra: "en_pie" | "cancelada" } & Amount<"monto">;
  seguridad: { timestamp: string; firma_hmac: "" };
};

type Amount<Key extends string> = Record<Key | `${Key}_menor`, number>;

/** One amount under its two keys: `...amountAs("monto", 12000000, "COP")`. */
export function amountAs<Key extends string>(key: Key, amountMinor: number, currency: string): Amount<Key>;
export function amountAs(key: string, amountMinor: number, currency: string): Record<string, number> {
  return { [key]: toMajor(amountMinor, currency), [`${key}_menor`]: amountMinor };
}

type CallbackPaymentState =
  | "aprobado"
  | "reembolso_pendiente"
  | "reembolsado"
  | "reembolsado_en_parte"
  | "en_disputa"
  | "contracargo"
  | "cancelado";

/** By the event's last word, so that `booking.paid` and `order.paid` are alike. */
const statesByStep: Record<string, CallbackPaymentState> = {
  paid: "aprobado",
  rest_paid: "aprobado",
  cancelled: "cancelado",
  opened: "reembolso_pendiente",
  done: "reembolsado",
  // It did not come back after all, and will be sent another way.
  failed: "reembolso_pendiente",
};

/** These events tell how the money stands. */
const stepsOfTheMoney = ["room_ready", "rescheduled", "reversed", "restored"];
const statesOfTheMoney: Partial<Record<CheckoutPaymentStatus, CallbackPaymentState>> = {
  paid: "aprobado",
  refunding: "reembolso_pendiente",
  refunded: "reembolsado",
  partly_refunded: "reembolsado_en_parte",
  disputed: "en_disputa",
  charged_back: "contracargo",
};

/** `money` is how the checkout's money stood at the event. */
export function callbackPaymentState(event: string, money: CheckoutPaymentStatus): CallbackPaymentState {
  const step = event.split(".").at(-1) ?? "";
  const state = stepsOfTheMoney.includes(step) ? statesOfTheMoney[money] : statesByStep[step];
  if (!state) throw new Error(`a callback about ${event} says nothing about the payment`);
  return state;
}
