import { html } from "hono/html";
import { counted, outgoingTable } from "../outgoing-page.ts";
import { badge, button, type Html, money, table, when } from "../page.ts";
import { say } from "../words.ts";
import type { BoldMerchant, BoldPayment, BoldWorld } from "./world.ts";

/** The sections about payments, also shown on the overview. */
export function boldSections(world: BoldWorld, rowsMax: number): Html {
  const payments = [...world.payments.values()].toReversed();
  const columns = [say("Referencia"), say("Transacción"), say("Monto"), say("Estado"), say("Qué hacer")];
  return html`
<section><div class="head"><h2>${say("Pagos por Bold")}</h2><span class="soft">${counted(payments.length, rowsMax)}</span></div>
${table(columns, payments.slice(0, rowsMax).map(paymentRow), say("Aún nadie ha pagado."))}</section>
<section><div class="head"><h2>${say("Avisos enviados por Bold")}</h2><span class="soft">${counted(world.events.size, rowsMax)}</span></div>
${outgoingTable([...world.events.values()], rowsMax)}</section>
<section><div class="head"><h2>${say("Comercios y sus malos hábitos")}</h2></div>${[...world.merchants.values()].slice(-rowsMax).map(merchantCard)}</section>`;
}

function paymentRow(payment: BoldPayment): unknown[] {
  const tip =
    payment.tip > 0 ? html`<br><span class="soft">${say("con propina de")} ${money(payment.tip * 100, payment.currency)}</span>` : "";
  return [
    html`<code>${payment.reference}</code>`,
    html`<code>${payment.id}</code><br><span class="soft">${payment.method} · ${when(payment.createdAt)}</span>`,
    html`${money(payment.total * 100, payment.currency)}${tip}`,
    badge(payment.status),
    paymentButtons(payment),
  ];
}

function paymentButtons({ id, status }: BoldPayment): Html {
  const path = `/bold/payments/${id}`;
  const resolve = (label: string, wished: string, look: "good" | "bad" | "quiet") =>
    button({ label, path: `${path}/resolve`, fields: { status: wished }, look });
  return html`${status === "APPROVED" ? resolve(say("Anular"), "VOIDED", "bad") : [resolve(say("Aprobar"), "APPROVED", "good"), resolve(say("Rechazar"), "REJECTED", "bad")]}
${button({ label: say("Avisar otra vez"), path: `${path}/send-event` })}
${button({ label: say("Avisar 5 a la vez"), path: `${path}/send-event`, fields: { eventCopies: "5" } })}
${button({ label: say("Aviso con firma falsa"), path: `${path}/send-event`, fields: { signature: "wrong" } })}`;
}

function merchantCard(merchant: BoldMerchant): Html {
  const set = (label: string, fields: Record<string, string>) =>
    button({ label, path: "/bold/panel/knobs", fields: { identityKey: merchant.identityKey, ...fields } });
  const knobs = Object.entries(merchant.knobs).map(([name, value]) => html`<dt>${name}</dt><dd><code>${value}</code></dd>`);
  return html`<div class="card"><div class="head"><h3><span lang="es">${merchant.name}</span></h3><code>${merchant.identityKey}</code></div>
<p class="soft">${say("Avisa a")} <code>${merchant.webhookUrl}</code></p>
<div class="row">${set(say("Avisar antes de regresar"), { event: "before" })}${set(say("Avisar después"), { event: "after" })}${set(say("No avisar nunca"), { event: "never" })}
${set(say("Solo con «Probar el webhook»"), { event: "by_button" })}${set(say("Avisar 10 minutos tarde"), { eventDelaySeconds: "600" })}${set(say("Avisar doble"), { eventCopies: "2" })}${set(say("Firmar mal"), { signature: "wrong" })}
${set(say("Con propina"), { tip: "5000" })}${set(say("Del otro ambiente"), { isSandbox: "other" })}
${set(say("API caída 5 veces"), { apiStatus: "503", apiFailures: "5" })}${set(say("API lenta"), { apiDelayMs: "3000" })}${set(say("Todo normal"), { reset: "on" })}</div>
<details><summary>${say("Todos los ajustes")}</summary><dl>${knobs}</dl></details></div>`;
}
