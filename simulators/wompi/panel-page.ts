import { html } from "hono/html";
import { badge, button, type Html, money, table, when } from "../page.ts";
import { say } from "../words.ts";
import type { WompiEvent, WompiMerchant, WompiTransaction } from "./shapes.ts";
import type { WompiWorld } from "./world.ts";

/** The sections about payments, also shown on the overview. */
export function wompiSections(world: WompiWorld, rowsMax: number): Html {
  const transactions = [...world.transactions.values()].toReversed();
  const events = [...world.events.values()].toReversed();
  return html`
<section><div class="head"><h2>${say("Pagos")}</h2><span class="soft">${counted(transactions.length, rowsMax)}</span></div>
${table([say("Referencia"), say("Transacción"), say("Monto"), say("Estado"), say("Qué hacer")], transactionRows(transactions.slice(0, rowsMax)), say("Aún nadie ha pagado."))}</section>
<section><div class="head"><h2>${say("Avisos enviados por Wompi")}</h2><span class="soft">${counted(events.length, rowsMax)}</span></div>
${table([say("Hora"), say("Referencia"), say("Dice"), say("Entrega"), say("Intentos y respuestas")], events.slice(0, rowsMax).map(eventRow), say("Aún no se ha enviado ningún aviso."))}</section>
<section><div class="head"><h2>${say("Enviar un aviso inventado")}</h2><span class="soft">${say("También para referencias que no existen")}</span></div>${forgeForm(world)}</section>
<section><div class="head"><h2>${say("Comercios y sus malos hábitos")}</h2></div>${[...world.merchants.values()].slice(-rowsMax).map(merchantCard)}</section>`;
}

const counted = (total: number, rowsMax: number) =>
  total > rowsMax ? `${say("los últimos")} ${rowsMax} ${say("de")} ${total}` : `${total}`;

/** Groups by reference, the newest first. */
function transactionRows(transactions: WompiTransaction[]): unknown[][] {
  const groups = Map.groupBy(transactions, (transaction) => transaction.reference);
  return [...groups.values()].flatMap((group) => group.map((transaction, index) => transactionRow(transaction, index === 0)));
}

const methods = () => ({ CARD: say("Tarjeta"), NEQUI: "Nequi", PSE: "PSE" });

function transactionRow(transaction: WompiTransaction, isFirst: boolean): unknown[] {
  const { id, currency, refundedInCents } = transaction;
  return [
    isFirst ? html`<code>${transaction.reference}</code>` : html`<span class="soft">${say("otro intento")}</span>`,
    html`<code>${id}</code><br><span class="soft">${methods()[transaction.method]} · ${when(transaction.createdAt)}</span>`,
    html`${money(transaction.amountInCents, currency)}${refundedInCents > 0 ? html`<br><span class="soft">${say("devuelto")} ${money(refundedInCents, currency)}</span>` : ""}`,
    badge(transaction.status),
    transactionButtons(transaction, `/wompi/transactions/${id}`),
  ];
}

function transactionButtons(transaction: WompiTransaction, path: string): Html {
  const resolve = (label: string, status: string, look: "good" | "bad" | "quiet") =>
    button({ label, path: `${path}/resolve`, fields: { status }, look });
  const isApproved = transaction.status === "APPROVED";
  return html`${isApproved ? "" : [resolve(say("Aprobar"), "APPROVED", "good"), resolve(say("Rechazar"), "DECLINED", "bad"), resolve(say("Error"), "ERROR", "bad")]}
${isApproved ? resolve(say("Anular"), "VOIDED", "bad") : ""}
${button({ label: say("Avisar otra vez"), path: `${path}/send-event` })}
${button({ label: say("Avisar 5 a la vez"), path: `${path}/send-event`, fields: { eventCopies: "5" } })}
${button({ label: say("Aviso con firma falsa"), path: `${path}/send-event`, fields: { checksum: "wrong" } })}
${button({ label: say("Aviso con monto alterado"), path: `${path}/send-event`, fields: { eventAmountInCents: "150000" } })}`;
}

const deliveries = () => ({
  waiting: say("en espera"),
  delivered: say("entregado"),
  retrying: say("se reintentará"),
  exhausted: say("sin más intentos"),
});

function eventRow(event: WompiEvent): unknown[] {
  const next = event.nextAttemptAt ? html`<br><span class="soft">${say("próximo")}: ${when(event.nextAttemptAt)}</span>` : "";
  const delivery = html`${badge(event.state, deliveries()[event.state])}${next}`;
  return [when(event.sentAt), html`<code>${event.reference}</code>`, badge(event.status), delivery, attemptsOf(event)];
}

function attemptsOf(event: WompiEvent): Html {
  return html`${event.attempts.map((attempt) => html`<div>${attempt.status ?? say("sin respuesta")} <span class="soft">${say("en")} ${attempt.milliseconds} ms</span></div>`)}
<details><summary>${say("Ver el aviso")}</summary><pre>POST ${event.url}
X-Event-Checksum: ${event.checksum}

${event.body}</pre>${event.attempts.at(-1) ? html`<pre>${event.attempts.at(-1)?.answer}</pre>` : ""}</details>`;
}

function forgeForm(world: WompiWorld): Html {
  return html`<form method="post" action="/wompi/events/send"><div class="fields">
<label>${say("Comercio")}<select name="publicKey">${[...world.merchants.keys()].slice(-200).map((key) => html`<option>${key}</option>`)}</select></label>
<label>${say("Referencia")}<input name="reference" required maxlength="255"></label>
<label>${say("Transacción (vacío: inventada)")}<input name="id"></label>
<label>${say("Estado")}<input name="status" value="APPROVED"></label>
<label>${say("Monto en centavos")}<input name="amountInCents" type="number" value="5000000" min="0"></label>
<label>${say("Moneda")}<input name="currency" value="COP"></label>
<label>${say("Firma")}<select name="checksum"><option value="right">${say("Correcta")}</option><option value="wrong">${say("Falsa")}</option></select></label>
</div><button>${say("Enviar el aviso")}</button></form>`;
}

function merchantCard(merchant: WompiMerchant): Html {
  const set = (label: string, fields: Record<string, string>) =>
    button({ label, path: "/wompi/panel/knobs", fields: { publicKey: merchant.publicKey, ...fields } });
  const knobs = Object.entries(merchant.knobs).map(([name, value]) => html`<dt>${name}</dt><dd><code>${value}</code></dd>`);
  return html`<div class="card"><div class="head"><h3>${merchant.name}</h3><code>${merchant.publicKey}</code></div>
<p class="soft">${say("Avisa a")} <code>${merchant.eventsUrl}</code></p>
<div class="row">${set(say("Avisar antes de regresar"), { event: "before" })}${set(say("Avisar después"), { event: "after" })}${set(say("No avisar nunca"), { event: "never" })}
${set(say("Avisar doble"), { eventCopies: "2" })}${set(say("Firmar mal"), { checksum: "wrong" })}${set(say("Cobrar otro monto"), { amountInCents: "150000" })}
${set(say("API caída 5 veces"), { apiStatus: "503", apiFailures: "5" })}${set(say("API lenta"), { apiDelayMs: "3000" })}${set(say("Todo normal"), { reset: "on" })}</div>
<details><summary>${say("Todos los ajustes")}</summary><dl>${knobs}</dl></details></div>`;
}
