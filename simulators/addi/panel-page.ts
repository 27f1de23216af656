import { html } from "hono/html";
import { counted, outgoingTable } from "../outgoing-page.ts";
import { badge, button, type Html, money, table, when } from "../page.ts";
import { say } from "../words.ts";
import type { AddiAlly, AddiWorld, Application } from "./world.ts";

/** The sections about credits, also shown on the overview. */
export function addiSections(world: AddiWorld, rowsMax: number): Html {
  const applications = [...world.applications.values()].toReversed();
  const columns = [say("Referencia"), say("Solicitud"), say("Monto"), say("Estado"), say("Qué hacer")];
  return html`
<section><div class="head"><h2>${say("Créditos de Addi")}</h2><span class="soft">${counted(applications.length, rowsMax)}</span></div>
${table(columns, applications.slice(0, rowsMax).map(row), say("Aún nadie ha pagado."))}</section>
<section><div class="head"><h2>${say("Avisos enviados por Addi")}</h2><span class="soft">${counted(world.callbacks.size, rowsMax)}</span></div>
${outgoingTable([...world.callbacks.values()], rowsMax)}</section>
<section><div class="head"><h2>${say("Comercios y sus malos hábitos")}</h2></div>${[...world.allies.values()].slice(-rowsMax).map(allyCard)}</section>`;
}

function row(application: Application): unknown[] {
  const { id, orderId, totalAmount, currency, status, isCancelled, createdAt } = application;
  return [
    html`<code>${orderId}</code>`,
    html`<code>${id}</code><br><span class="soft">${when(createdAt)}</span>`,
    html`${money(totalAmount * 100, currency)}${isCancelled ? html`<br><span class="soft">${say("cancelado")}</span>` : ""}`,
    badge(status),
    buttons(application),
  ];
}

function buttons({ id, status }: Application): Html {
  const path = `/addi/applications/${id}`;
  const resolve = (label: string, wished: string, look: "good" | "bad") =>
    button({ label, path: `${path}/resolve`, fields: { status: wished }, look });
  return html`${status === "APPROVED" ? "" : [resolve(say("Aprobar"), "APPROVED", "good"), resolve(say("Rechazar"), "REJECTED", "bad")]}
${button({ label: say("Avisar otra vez"), path: `${path}/send-callback` })}
${button({ label: say("Avisar 5 a la vez"), path: `${path}/send-callback`, fields: { callbackCopies: "5" } })}
${button({ label: say("Con contraseña falsa"), path: `${path}/send-callback`, fields: { password: "wrong" } })}`;
}

function allyCard(ally: AddiAlly): Html {
  const set = (label: string, fields: Record<string, string>) =>
    button({ label, path: "/addi/panel/knobs", fields: { clientId: ally.clientId, ...fields } });
  const knobs = Object.entries(ally.knobs).map(([name, value]) => html`<dt>${name}</dt><dd><code>${value}</code></dd>`);
  return html`<div class="card"><div class="head"><h3><span lang="es">${ally.name}</span></h3><code>${ally.allySlug}</code></div>
<div class="row">${set(say("Avisar antes de regresar"), { callback: "before" })}${set(say("Avisar después"), { callback: "after" })}${set(say("No avisar nunca"), { callback: "never" })}
${set(say("Avisar doble"), { callbackCopies: "2" })}${set(say("Con contraseña falsa"), { password: "wrong" })}${set(say("Aprobar otro monto"), { approvedAmount: "50000" })}
${set(say("El cliente ya tiene un crédito"), { conflicts: "1" })}${set(say("Crear y responder 500"), { failAfterEffect: "1" })}${set(say("Sin cancelaciones"), { cancellations: "off" })}
${set(say("API caída 5 veces"), { apiStatus: "503", apiFailures: "5" })}${set(say("API lenta"), { apiDelayMs: "3000" })}${set(say("Todo normal"), { reset: "on" })}</div>
<details><summary>${say("Todos los ajustes")}</summary><dl>${knobs}</dl></details></div>`;
}
