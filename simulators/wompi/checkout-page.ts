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

/**
 * As the real one: the data, the method with its fields, what must be accepted, one button. Below
 * are the ends that a person may choose.
 */
export function checkoutPage(checkout: Checkout): Html {
  const { merchant, reference, customer, attempts } = checkout;
  const last = attempts.at(-1);
  return plainPage(
    `${say("Pagar a")} ${merchant.name}`,
    html`<div class="wompi">${strip()}
<div class="card">
  <h1>${merchant.name}</h1>
  <p class="total"><span>${say("Total a pagar")}</span><b>${money(checkout.amountInCents, checkout.currency)}</b></p>
  ${last && last.status !== "PENDING" ? retryNote(last) : ""}
  <dl><dt>${say("Referencia")}</dt><dd><code>${reference}</code></dd>
  ${checkout.expirationTime ? html`<dt>${say("Vence")}</dt><dd>${when(checkout.expirationTime)}</dd>` : ""}</dl>
  ${customer.fullName || customer.email ? html`<h2 class="steps">${say("Tus datos")}</h2><dl>${customer.fullName ? html`<dt>${say("Nombres y apellidos")}</dt><dd>${customer.fullName}</dd>` : ""}${customer.email ? html`<dt>${say("Correo electrónico")}</dt><dd>${customer.email}</dd>` : ""}</dl>` : ""}
  <form method="post" action="/wompi/p/pay">
    ${hidden({ query: checkout.query })}
    <h2 class="steps">${say("Selecciona un método de pago")}</h2>
    ${methodFields()}
    <label class="check"><input type="checkbox" checked required>${say("Acepto haber leído los reglamentos y la política de privacidad para hacer este pago.")}</label>
    <label class="check"><input type="checkbox" checked required>${say("Acepto la autorización para la administración de datos personales.")}</label>
    <button class="good wide-button" name="outcome" value="form">${say("Continuar con tu pago")}</button>
    <h2 style="margin:24px 0 10px">${say("¿Qué debe pasar?")}</h2>
    <div class="stack">${choices().map(({ outcome, label, look }) => html`<button class="${look}" name="outcome" value="${outcome}" formnovalidate>${label}</button>`)}</div>
    ${knobFields()}
  </form>
</div>
<p class="soft foot">${say("Pagos seguros por Wompi")} · ${say("Nada de esto es dinero real.")} <a href="/wompi">${say("Ver todos los pagos simulados")}</a></p></div>`,
  );
}

/** What each of them takes is in form.ts. */
const methodFields = () => html`<div class="ways">
<div class="way"><label><input type="radio" name="method" value="CARD" checked>${say("Usa tus tarjetas débito o crédito")}</label><div class="fields">
  <label>${say("Número de la tarjeta")}<input name="card" inputmode="numeric" autocomplete="off" value="4242 4242 4242 4242" maxlength="25"></label>
  <label>${say("Nombre en la tarjeta")}<input autocomplete="off" value="PRUEBAS"></label>
  <div class="pair"><label>${say("Expira el")}<input autocomplete="off" value="12 / 29"></label><label>CVC<input autocomplete="off" inputmode="numeric" value="123"></label></div>
  <label>${say("Número de cuotas")}<select>${["1", "3", "6", "12"].map((count) => html`<option>${count}</option>`)}</select></label></div></div>
<div class="way"><label><input type="radio" name="method" value="NEQUI">${say("Usa tu cuenta Nequi")}</label><div class="fields">
  <label>${say("Celular con cuenta Nequi")}<input name="phone" inputmode="tel" autocomplete="off" value="399 111 1111" maxlength="20"></label></div></div>
<div class="way"><label><input type="radio" name="method" value="PSE">${say("Transfiere con tu cuenta de ahorros o corriente (PSE)")}</label><div class="fields">
  <label>${say("Banco")}<select name="bank"><option value="1" lang="es">Banco que aprueba</option><option value="2" lang="es">Banco que rechaza</option></select></label></div></div>
</div>`;

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
    html`<div class="wompi">${strip()}<div class="card"><h1>${translated(title)}</h1><p class="note bad" role="alert">${say("El servicio dice:")} <span lang="es">${withTimes(message)}</span></p>
<p class="soft">${say("No se creó ninguna transacción.")}</p></div></div>`,
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
    html`<div class="wompi">${strip()}<div class="card"><h1>${title}</h1><p>${text}</p>
${transactionId ? html`<p class="soft">${say("Transacción")} <code>${transactionId}</code></p>` : ""}<p><a href="/wompi">${say("Ver los pagos simulados")}</a></p></div></div>`,
  );
}
