/** The callback's JSON, spec/002 §2.4: Spanish keys are the contract. Amounts in minor units; times ISO 8601 UTC. */
export type CallbackBody = {
  evento: string;
  secuencia: number;
  tenant_id: string;
  booking_id: string;
  servicio: { id: string; nombre: string; duracion_min: number; pago: string; precio: number; monto_cobrado: number };
  profesional: { id: string; nombre: string };
  cita: { inicio: string; fin: string; timezone: string; enlace_reunion: string | null };
  usuario: { nombre: string; email: string; telefono: string; acepto_terminos: boolean };
  pago: { proveedor: string; estado: CallbackPaymentState; referencia: string; monto: number; moneda: string };
  reembolso?: { motivo: string; estado: string; monto: number };
  seguridad: { timestamp: string; firma_hmac: "" };
};

type CallbackPaymentState = "aprobado" | "reembolso_pendiente" | "reembolsado" | "cancelado";

/** What the payment is called for each event that is sent. */
export const callbackPaymentStates: Record<string, CallbackPaymentState> = {
  "booking.paid": "aprobado",
  "booking.room_ready": "aprobado",
  "booking.cancelled": "cancelado",
  "refund_case.opened": "reembolso_pendiente",
  "refund_case.done": "reembolsado",
};
