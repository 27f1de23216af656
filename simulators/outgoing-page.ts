import { html } from "hono/html";
import type { Outgoing } from "./outgoing.ts";
import { badge, type Html, table, when } from "./page.ts";
import { say } from "./words.ts";

/** The newest first. */
export function outgoingTable(events: Outgoing[], rowsMax: number): Html {
  const columns = [say("Hora"), say("Referencia"), say("Dice"), say("Entrega"), say("Intentos y respuestas")];
  return table(columns, events.toReversed().slice(0, rowsMax).map(row), say("Aún no se ha enviado ningún aviso."));
}

export const counted = (total: number, rowsMax: number): string =>
  total > rowsMax ? `${say("los últimos")} ${rowsMax} ${say("de")} ${total}` : `${total}`;

const deliveries = () => ({
  waiting: say("en espera"),
  delivered: say("entregado"),
  retrying: say("se reintentará"),
  exhausted: say("sin más intentos"),
});

function row(event: Outgoing): unknown[] {
  const next = event.nextAttemptAt ? html`<br><span class="soft">${say("próximo")}: ${when(event.nextAttemptAt)}</span>` : "";
  const delivery = html`${badge(event.state, deliveries()[event.state])}${next}`;
  return [when(event.sentAt), html`<code>${event.reference}</code>`, badge(event.status), delivery, attemptsOf(event)];
}

function attemptsOf(event: Outgoing): Html {
  const headers = Object.entries(event.headers).map(([name, value]) => `${name}: ${value}\n`);
  return html`${event.attempts.map((attempt) => html`<div>${attempt.status ?? say("sin respuesta")} <span class="soft">${say("en")} ${attempt.milliseconds} ms</span></div>`)}
<details><summary>${say("Ver el aviso")}</summary><pre>POST ${event.url}
${headers}
${event.body}</pre>${event.attempts.at(-1) ? html`<pre>${event.attempts.at(-1)?.answer}</pre>` : ""}</details>`;
}
