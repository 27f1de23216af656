import { html } from "hono/html";
import { badge, type Html, hidden, money, plainPage, when, withTimes } from "../page.ts";
import { languageLink, say, translated } from "../words.ts";
import type { Checkout, CheckoutRefusal } from "./checkout.ts";
import { retryMinutes } from "./checkout.ts";
import type { Outcome } from "./pay.ts";
import type { WompiTransaction } from "./shapes.ts";

const choices = (): { outcome: Outcome; label: string; look: "good" | "bad" | "quiet" }[] => [
  { outcome: "approve", label: say("Aprobar el pago"), look: "good" },
  { outcome: "decline", label: say("Rechazar"), look: "bad" },
  { outcome: "decline_then_retry", label: say("Rechazar y dejar intentar otra vez"), look: "bad" },
  { outcome: "error", label: say("Error del banco"), look: "bad" },
  { outcome: "pending", label: say("Dejar pendiente"), look: "quiet" },
  { outcome: "close", label: say("Aprobar y cerrar la pestaña (sin regresar)"), look: "quiet" },
  { outcome: "abandon", label: say("Abandonar sin pagar"), look: "quiet" },
];

const strip = () =>
  html`<div class="strip"><span>Wompi <span class="soft">${say("simulado")}</span></span>${languageLink()}<span class="badge wait">${say("Pruebas")}</span></div>`;

/** The hosted page shows what is paid to whom, and lets the person choose the outcome. */
export function checkoutPage(checkout: Checkout): Html {
  const { merchant, reference, customer, attempts } = checkout;
  const last = attempts.at(-1);
  return plainPage(
    `${say("Pagar a")} ${merchant.name}`,
    html`${strip()}
<div class="card">
  <div class="pay"><h1>${merchant.name}</h1><div class="amount">${money(checkout.amountInCents, checkout.currency)}</div></div>
  ${last && last.status !== "PENDING" ? retryNote(last) : ""}
  <dl><dt>${say("Referencia")}</dt><dd><code>${reference}</code></dd>
  ${customer.fullName ? html`<dt>${say("Nombre")}</dt><dd>${customer.fullName}</dd>` : ""}
  ${customer.email ? html`<dt>${say("Correo")}</dt><dd>${customer.email}</dd>` : ""}
  ${checkout.expirationTime ? html`<dt>${say("Vence")}</dt><dd>${when(checkout.expirationTime)}</dd>` : ""}</dl>
  <form method="post" action="/wompi/p/pay">
    ${hidden({ query: checkout.query })}
    <label>${say("Medio de pago")}<select name="method"><option value="CARD">${say("Tarjeta")}</option><option value="NEQUI">Nequi</option><option value="PSE">PSE</option></select></label>
    <h2 style="margin:16px 0 10px">${say("¿Qué debe pasar?")}</h2>
    <div class="stack">${choices().map(({ outcome, label, look }) => html`<button class="${look}" name="outcome" value="${outcome}">${label}</button>`)}</div>
    ${knobFields()}
  </form>
</div>
<p class="soft">${say("Nada de esto es dinero real.")} <a href="/wompi">${say("Ver todos los pagos simulados")}</a></p>`,
  );
}

const option = (value: string, label: string) => html`<option value="${value}">${label}</option>`;

const knobFields = () => html`<details><summary>${say("Malos hábitos para este pago")}</summary><div class="fields">
<label>${say("Aviso (evento)")}<select name="event">${option("", say("Como el comercio"))}${option("before", say("Antes de regresar"))}${option("after", say("Después de regresar"))}${option("never", say("Nunca"))}</select></label>
<label>${say("Copias del aviso")}<input name="eventCopies" type="number" min="1" max="20"></label>
<label>${say("Retraso del aviso (segundos)")}<input name="eventDelaySeconds" type="number" min="0"></label>
<label>${say("Firma del aviso")}<select name="checksum">${option("", say("Como el comercio"))}${option("right", say("Correcta"))}${option("wrong", say("Falsa"))}</select></label>
<label>${say("Lugar de timestamp")}<select name="timestampPosition">${option("", say("Como el comercio"))}${option("top", say("Arriba"))}${option("signature", say("En signature"))}</select></label>
<label>${say("Cobrar otro monto (centavos)")}<input name="amountInCents" type="number" min="0"></label>
<label>${say("Cobrar en otra moneda")}<input name="currency" maxlength="10"></label>
<label>${say("Monto alterado en el aviso")}<input name="eventAmountInCents" type="number" min="0"></label>
<label>${say("Aprobaciones")}<select name="approvals">${option("", say("Como el comercio"))}${option("1", say("Una"))}${option("2", say("Dos"))}</select></label>
<label>${say("Consultas con retraso")}<input name="apiLag" type="number" min="0"></label>
<label>${say("Estado desconocido")}<input name="unknownStatus" placeholder="IN_REVIEW" maxlength="40"></label>
<label>${say("Pago vencido")}<select name="expiredApprovals">${option("", say("Como el comercio"))}${option("refused", say("Se rechaza"))}${option("allowed", say("Se acepta"))}</select></label>
</div></details>`;

const retryNote = (
  last: WompiTransaction,
) => html`<p class="note bad" role="status">${say("El intento anterior terminó en")} ${badge(last.status)}
${last.statusMessage ?? ""}. ${say("Puedes probar con otro medio de pago. Minutos que quedan como máximo:")} ${retryMinutes}.</p>`;

export function refusalPage({ title, message }: CheckoutRefusal): Html {
  return plainPage(
    translated(title),
    html`${strip()}<div class="card"><h1>${translated(title)}</h1><p class="note bad" role="alert">${say("El servicio dice:")} <span lang="es">${withTimes(message)}</span></p>
<p class="soft">${say("No se creó ninguna transacción.")}</p></div>`,
  );
}

/** Shown when the real page would not send the browser anywhere. */
export function endPage(outcome: string, transactionId: string | undefined): Html {
  const words: Record<string, { title: string; text: string }> = {
    close: { title: say("Cerraste la pestaña"), text: say("El pago fue aprobado, pero el navegador nunca regresó al comercio.") },
    abandon: { title: say("Abandonaste el pago"), text: say("No se creó ninguna transacción.") },
  };
  const { title, text } = words[outcome] ?? { title: say("Pago terminado"), text: say("El comercio no indicó a dónde regresar.") };
  return plainPage(
    title,
    html`${strip()}<div class="card"><h1>${title}</h1><p>${text}</p>
${transactionId ? html`<p class="soft">${say("Transacción")} <code>${transactionId}</code></p>` : ""}<p><a href="/wompi">${say("Ver los pagos simulados")}</a></p></div>`,
  );
}
