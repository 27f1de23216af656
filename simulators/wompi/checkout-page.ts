import { html } from "hono/html";
import { badge, type Html, hidden, money, plainPage } from "../page.ts";
import type { Checkout, CheckoutRefusal } from "./checkout.ts";
import { retryMinutes } from "./checkout.ts";
import type { Outcome } from "./pay.ts";
import type { WompiTransaction } from "./shapes.ts";

const choices: { outcome: Outcome; label: string; look: "good" | "bad" | "quiet" }[] = [
  { outcome: "approve", label: "Aprobar el pago", look: "good" },
  { outcome: "decline", label: "Rechazar", look: "bad" },
  { outcome: "decline_then_retry", label: "Rechazar y dejar intentar otra vez", look: "bad" },
  { outcome: "error", label: "Error del banco", look: "bad" },
  { outcome: "pending", label: "Dejar pendiente", look: "quiet" },
  { outcome: "close", label: "Aprobar y cerrar la pestaña (sin regresar)", look: "quiet" },
  { outcome: "abandon", label: "Abandonar sin pagar", look: "quiet" },
];

const strip = html`<div class="strip"><span>Wompi <span class="soft">simulado</span></span><span class="badge wait">Pruebas</span></div>`;

/** The hosted page shows what is paid to whom, and lets the person choose the outcome. */
export function checkoutPage(checkout: Checkout): Html {
  const { merchant, reference, customer, attempts } = checkout;
  const last = attempts.at(-1);
  return plainPage(
    `Pagar a ${merchant.name}`,
    html`${strip}
<div class="card">
  <div class="pay"><h1>${merchant.name}</h1><div class="amount">${money(checkout.amountInCents, checkout.currency)}</div></div>
  ${last && last.status !== "PENDING" ? retryNote(last) : ""}
  <dl><dt>Referencia</dt><dd><code>${reference}</code></dd>
  ${customer.fullName ? html`<dt>Nombre</dt><dd>${customer.fullName}</dd>` : ""}
  ${customer.email ? html`<dt>Correo</dt><dd>${customer.email}</dd>` : ""}
  ${checkout.expirationTime ? html`<dt>Vence</dt><dd>${checkout.expirationTime}</dd>` : ""}</dl>
  <form method="post" action="/wompi/p/pay">
    ${hidden({ query: checkout.query })}
    <label>Medio de pago<select name="method"><option value="CARD">Tarjeta</option><option value="NEQUI">Nequi</option><option value="PSE">PSE</option></select></label>
    <h2 style="margin:16px 0 10px">¿Qué debe pasar?</h2>
    <div class="stack">${choices.map(({ outcome, label, look }) => html`<button class="${look}" name="outcome" value="${outcome}">${label}</button>`)}</div>
    ${knobFields}
  </form>
</div>
<p class="soft">Nada de esto es dinero real. <a href="/wompi">Ver todos los pagos simulados</a></p>`,
  );
}

const option = (value: string, label: string) => html`<option value="${value}">${label}</option>`;

const knobFields = html`<details><summary>Malos hábitos para este pago</summary><div class="fields">
<label>Aviso (evento)<select name="event">${option("", "Como el comercio")}${option("before", "Antes de regresar")}${option("after", "Después de regresar")}${option("never", "Nunca")}</select></label>
<label>Copias del aviso<input name="eventCopies" type="number" min="1" max="20"></label>
<label>Retraso del aviso (segundos)<input name="eventDelaySeconds" type="number" min="0"></label>
<label>Firma del aviso<select name="checksum">${option("", "Como el comercio")}${option("right", "Correcta")}${option("wrong", "Falsa")}</select></label>
<label>Lugar de timestamp<select name="timestampPosition">${option("", "Como el comercio")}${option("top", "Arriba")}${option("signature", "En signature")}</select></label>
<label>Cobrar otro monto (centavos)<input name="amountInCents" type="number" min="0"></label>
<label>Cobrar en otra moneda<input name="currency" maxlength="10"></label>
<label>Monto alterado en el aviso<input name="eventAmountInCents" type="number" min="0"></label>
<label>Aprobaciones<select name="approvals">${option("", "Como el comercio")}${option("1", "Una")}${option("2", "Dos")}</select></label>
<label>Consultas con retraso<input name="apiLag" type="number" min="0"></label>
<label>Estado desconocido<input name="unknownStatus" placeholder="IN_REVIEW" maxlength="40"></label>
<label>Pago vencido<select name="expiredApprovals">${option("", "Como el comercio")}${option("refused", "Se rechaza")}${option("allowed", "Se acepta")}</select></label>
</div></details>`;

const retryNote = (last: WompiTransaction) => html`<p class="note bad" role="status">El intento anterior terminó en ${badge(last.status)}
${last.statusMessage ?? ""}. Puedes probar con otro medio de pago durante ${retryMinutes} minutos.</p>`;

export function refusalPage({ title, message }: CheckoutRefusal): Html {
  return plainPage(
    title,
    html`${strip}<div class="card"><h1>${title}</h1><p class="note bad" role="alert">${message}</p>
<p class="soft">No se creó ninguna transacción.</p></div>`,
  );
}

/** Shown when the real page would not send the browser anywhere. */
export function endPage(outcome: string, transactionId: string | undefined): Html {
  const words: Record<string, { title: string; text: string }> = {
    close: { title: "Cerraste la pestaña", text: "El pago fue aprobado, pero el navegador nunca regresó al comercio." },
    abandon: { title: "Abandonaste el pago", text: "No se creó ninguna transacción." },
  };
  const { title, text } = words[outcome] ?? { title: "Pago terminado", text: "El comercio no indicó a dónde regresar." };
  return plainPage(
    title,
    html`${strip}<div class="card"><h1>${title}</h1><p>${text}</p>
${transactionId ? html`<p class="soft">Transacción <code>${transactionId}</code></p>` : ""}<p><a href="/wompi">Ver los pagos simulados</a></p></div>`,
  );
}
