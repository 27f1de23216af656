import { html } from "hono/html";
import { badge, button, type Html, when } from "../page.ts";
import { say } from "../words.ts";
import type { Callback, MerchantServer } from "./callbacks.ts";
import type { Verdict } from "./verdicts.ts";

export function serverSections(server: MerchantServer, rowsMax: number): Html {
  const set = (label: string, fields: Record<string, string>) => button({ label, path: `/merchant/${server.id}/panel/knobs`, fields });
  const callbacks = server.callbacks.slice(0, rowsMax);
  return html`<section><div class="head"><h2>${say("Callbacks recibidos por")} <a href="/merchant/${server.id}">${server.id}</a></h2><span class="soft">${server.callbacks.length}</span></div>
${callbacks.length === 0 ? html`<p class="empty">${say("Este comercio no ha recibido nada todavía.")}</p>` : callbacks.map(callbackCard)}
<div class="row" style="margin-top:12px">${set(say("Fallar 3 veces (500)"), { status: "500", failures: "3" })}${set(say("Pedir calma (429)"), { status: "429", failures: "1", retryAfter: "5" })}
${set(say("Ya no existo (410)"), { status: "410", failures: "1" })}${set(say("Responder lento"), { delayMs: "12000" })}${set(say("Responder basura"), { garbage: "on" })}${set(say("Todo normal"), { reset: "on" })}</div></section>`;
}

function callbackCard(callback: Callback): Html {
  return html`<div class="card"><div class="head"><span>${when(callback.receivedAt)} · ${say("intento")} ${callback.attempt} · ${say("respondió")} ${callback.answered}</span>
<span class="row"><span>firma_hmac ${verdictBadge(callback.firma)}</span><span>Standard Webhooks ${verdictBadge(callback.standardWebhook)}</span></span></div>
<p class="soft">webhook-id <code>${callback.webhookId ?? say("no tiene")}</code></p>
<details><summary>${say("Ver el contenido")}</summary><pre>${prettified(callback.body)}</pre><pre>${Object.entries(callback.headers).map(([name, value]) => `${name}: ${value}\n`)}</pre></details></div>`;
}

const verdictWords = () => ({ right: say("correcta"), wrong: say("incorrecta"), missing: say("no viene") });

const verdictBadge = ({ verdict, why }: Verdict): Html => html`<span title="${why}">${badge(verdict, verdictWords()[verdict])}</span>`;

function prettified(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

/** The merchant's own page, to which the customer returns in the end. */
export function returnBody({ status, ref }: { status: string | undefined; ref: string | undefined }): Html {
  const isOk = status === "ok";
  return html`<div class="card"><h1>${isOk ? say("¡Gracias por tu compra!") : say("Volviste sin terminar")}</h1>
<p>${isOk ? say("Esta es la página de agradecimiento del comercio (simulada).") : `${say("Estado")}: ${status ?? say("desconocido")}`}</p>
<dl><dt>${say("Referencia")}</dt><dd><code>${ref ?? say("no viene")}</code></dd></dl></div>`;
}
