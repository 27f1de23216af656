import { toMajor } from "./money.ts";

/**
 * The part of the callback's JSON that every checkout has (spec/002 §2.4: Spanish keys are the
 * contract). Its kind adds what was bought. Amounts come in whole units (120000 means $120.000 COP)
 * and, as `…_menor`, in minor units.
 */
export type CallbackBody = {
  evento: string;
  secuencia: number;
  tenant_id: string;
  usuario: { nombre: string; email: string; telefono: string; acepto_terminos: boolean };
  pago: { proveedor: string; estado: CallbackPaymentState; referencia: string; moneda: string } & Amount<"monto">;
  reembolso?: { motivo: string; estado: string } & Amount<"monto">;
  seguridad: { timestamp: string; firma_hmac: "" };
};

type Amount<Key extends string> = Record<Key | `${Key}_menor`, number>;

/** One amount under its two keys: `...amountAs("monto", 12000000, "COP")`. */
export function amountAs<Key extends string>(key: Key, amountMinor: number, currency: string): Amount<Key>;
export function amountAs(key: string, amountMinor: number, currency: string): Record<string, number> {
  return { [key]: toMajor(amountMinor, currency), [`${key}_menor`]: amountMinor };
}

type CallbackPaymentState = "aprobado" | "reembolso_pendiente" | "reembolsado" | "cancelado";

/** By the event's last word, so that `booking.paid` and `order.paid` are alike. */
const statesByStep: Record<string, CallbackPaymentState> = {
  paid: "aprobado",
  room_ready: "aprobado",
  cancelled: "cancelado",
  opened: "reembolso_pendiente",
  done: "reembolsado",
};

export function callbackPaymentState(event: string): CallbackPaymentState {
  const state = statesByStep[event.split(".").at(-1) ?? ""];
  if (!state) throw new Error(`a callback about ${event} says nothing about the payment`);
  return state;
}
