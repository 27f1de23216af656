import { html } from "hono/html";
import { badge, button, type Html, table, when } from "../page.ts";
import { language, say } from "../words.ts";
import { moneyText } from "./money.ts";
import { openDispute } from "./objects.ts";
import type { Dispute, Intent, Refund, StripeAccount, StripeEvent } from "./shapes.ts";
import type { StripeWorld } from "./world.ts";

/** The sections about payments, also shown on the overview. */
export function stripeSections(world: StripeWorld, rowsMax: number): Html {
  const intents = [...world.intents.values()].toReversed();
  const events = [...world.events.values()]
    .filter(({ attempts, nextAttemptAt }) => attempts.length > 0 || nextAttemptAt !== null)
    .toReversed();
  const back = [
    ...[...world.refunds.values()].map((refund) => refundRow(refund)),
    ...[...world.disputes.values()].map((dispute) => disputeRow(dispute)),
  ];
  return html`
<section><div class="head"><h2>${say("Pagos por Stripe")}</h2></div>
${table(
  [say("Referencia"), say("Pago"), say("Monto"), say("Estado"), say("Qué hacer")],
  intents.slice(0, rowsMax).map((intent) => intentRow(world, intent)),
  say("Aún nadie ha pagado."),
)}</section>
${back.length === 0 ? "" : html`<section><div class="head"><h2>${say("Reembolsos y disputas de Stripe")}</h2></div>${table([say("Qué es"), say("Monto"), say("Estado"), say("Qué hacer")], back.toReversed().slice(0, rowsMax), "")}</section>`}
<section><div class="head"><h2>${say("Avisos enviados por Stripe")}</h2></div>
${table([say("Hora"), say("Dice"), say("Entrega"), say("Intentos y respuestas")], events.slice(0, rowsMax).map(eventRow), say("Aún no se ha enviado ningún aviso."))}</section>
<section><div class="head"><h2>${say("Cuentas de Stripe y sus malos hábitos")}</h2></div>${[...world.accounts.values()].slice(-rowsMax).map(accountCard)}</section>`;
}

const time = (seconds: number): Html => when(new Date(seconds * 1000).toISOString());
const amountOf = ({ amount, currency }: { amount: number; currency: string }): string => moneyText(amount, currency, language());

/** In the badge's words; Stripe's own stand beside it. */
const shownAs: Record<string, string> = { succeeded: "APPROVED", requires_payment_method: "DECLINED", canceled: "VOIDED" };
const statusOf = ({ status, lastError }: Intent): string =>
  status === "requires_payment_method" && !lastError ? "PENDING" : (shownAs[status] ?? "PENDING");

function intentRow(world: StripeWorld, intent: Intent): unknown[] {
  const charge = world.charges.get(intent.chargeId ?? "");
  const refunded = charge?.amountRefunded ?? 0;
  return [
    html`<code>${intent.metadata.reference ?? ""}</code>`,
    html`<code>${intent.id}</code><br><span class="soft">${intent.method} · ${time(intent.created)}</span>`,
    html`${amountOf(intent)}${refunded > 0 ? html`<br><span class="soft">${say("devuelto")} ${amountOf({ ...intent, amount: refunded })}</span>` : ""}`,
    html`${badge(statusOf(intent))} <code>${intent.status}</code>`,
    intentButtons(world, intent),
  ];
}

function intentButtons(world: StripeWorld, intent: Intent): Html {
  const path = `/stripe/payments/${intent.id}`;
  const isPaid = intent.status === "succeeded";
  const press = (label: string, to: string, fields: Record<string, string> = {}, look: "good" | "bad" | "quiet" = "quiet") =>
    button({ label, path: `${path}/${to}`, fields, look });
  const isDisputed = intent.chargeId !== null && openDispute(world, intent.chargeId) !== undefined;
  return html`${isPaid ? "" : [press(say("Aprobar"), "decide", { decision: "approve" }, "good"), press(say("Rechazar"), "decide", { decision: "decline" }, "bad")]}
${isPaid ? press(say("Reembolsar todo"), "refund", {}, "bad") : ""}
${isPaid && !isDisputed ? [press(say("Abrir una disputa"), "dispute", { kind: "dispute" }, "bad"), press(say("Abrir una consulta"), "dispute", { kind: "inquiry" })] : ""}
${press(say("Avisar otra vez"), "send-event")}${press(say("Avisar 5 a la vez"), "send-event", { eventCopies: "5" })}
${press(say("Aviso con firma falsa"), "send-event", { signature: "wrong" })}`;
}

function refundRow(refund: Refund): unknown[] {
  const isOpen = refund.status === "pending" || refund.status === "requires_action";
  const press = (label: string, to: string) => button({ label, path: `/stripe/refunds/${refund.id}/${to}` });
  const why = refund.pendingReason ?? refund.failureReason;
  return [
    html`${say("Reembolso")}<br><code>${refund.id}</code>`,
    amountOf(refund),
    html`<code>${refund.status}${why ? ` ${why}` : ""}</code>`,
    html`${isOpen ? press(say("Terminar"), "finish") : ""}${refund.status === "failed" ? "" : press(say("Que falle ahora"), "fail")}`,
  ];
}

function disputeRow(dispute: Dispute): unknown[] {
  const press = (label: string, to: string, fields: Record<string, string> = {}) =>
    button({ label, path: `/stripe/disputes/${dispute.id}/${to}`, fields });
  const isOpen = !["won", "lost", "warning_closed"].includes(dispute.status);
  const isInquiry = dispute.status.startsWith("warning_");
  return [
    html`${isInquiry ? say("Consulta del banco") : say("Disputa")}<br><code>${dispute.id}</code>`,
    amountOf(dispute),
    html`<code>${dispute.status}</code>`,
    html`${isOpen ? [press(say("Ganada"), "close", { decision: "won" }), press(say("Perdida"), "close", { decision: "lost" })] : ""}${isOpen && isInquiry ? press(say("Volverla disputa"), "escalate") : ""}`,
  ];
}

const deliveries = () => ({
  waiting: say("en espera"),
  delivered: say("entregado"),
  retrying: say("se reintentará"),
  exhausted: say("sin más intentos"),
});

function eventRow(event: StripeEvent): unknown[] {
  const next = event.nextAttemptAt ? html`<br><span class="soft">${say("próximo")}: ${when(event.nextAttemptAt)}</span>` : "";
  const attempts = html`${event.attempts.map((attempt) => html`<div>${attempt.status ?? say("sin respuesta")} <span class="soft">${say("en")} ${attempt.milliseconds} ms</span></div>`)}
<details><summary>${say("Ver el aviso")}</summary><pre>POST ${event.url}
Stripe-Signature: ${event.attempts.at(-1)?.signature ?? ""}

${event.body}</pre></details>`;
  return [time(event.created), html`<code>${event.type}</code>`, html`${badge(event.state, deliveries()[event.state])}${next}`, attempts];
}

function accountCard(account: StripeAccount): Html {
  const set = (label: string, fields: Record<string, string>) =>
    button({ label, path: "/stripe/panel/knobs", fields: { accountId: account.accountId, ...fields } });
  const knobs = Object.entries(account.knobs).map(([name, value]) => html`<dt>${name}</dt><dd><code>${value}</code></dd>`);
  return html`<div class="card"><div class="head"><h3>${account.name}</h3><code>${account.accountId}</code></div>
<p class="soft">${say("Avisa a")} <code>${account.eventsUrl}</code></p>
<div class="row">${set(say("Avisar antes de regresar"), { event: "before" })}${set(say("Avisar después"), { event: "after" })}${set(say("No avisar nunca"), { event: "never" })}
${set(say("Avisar doble"), { eventCopies: "2" })}${set(say("Avisar al revés"), { eventOrder: "reversed" })}${set(say("Avisar que venció, un día después de pagar"), { lateExpired: "on" })}${set(say("Firmar mal"), { signature: "wrong" })}
${set(say("Reembolsos que fallan después"), { refunds: "later" })}${set(say("Reembolsos sin saldo"), { refunds: "insufficient" })}
${set(say("API caída 5 veces"), { apiStatus: "503", apiFailures: "5" })}${set(say("API lenta"), { apiDelayMs: "3000" })}${set(say("Todo normal"), { reset: "on" })}</div>
<details><summary>${say("Todos los ajustes")}</summary><dl>${knobs}</dl></details></div>`;
}
