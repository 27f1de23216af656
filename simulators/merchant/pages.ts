import { html } from "hono/html";
import { badge, button, type Html, when } from "../page.ts";
import type { Callback, MerchantServer } from "./callbacks.ts";
import type { Verdict } from "./verdicts.ts";

export function serverSections(server: MerchantServer, rowsMax: number): Html {
  const set = (label: string, fields: Record<string, string>) => button({ label, path: `/merchant/${server.id}/panel/knobs`, fields });
  const callbacks = server.callbacks.slice(0, rowsMax);
  return html`<section><div class="head"><h2>Callbacks recibidos por <a href="/merchant/${server.id}">${server.id}</a></h2><span class="soft">${server.callbacks.length}</span></div>
${callbacks.length === 0 ? html`<p class="empty">Este comercio no ha recibido nada todavía.</p>` : callbacks.map(callbackCard)}
<div class="row" style="margin-top:12px">${set("Fallar 3 veces (500)", { status: "500", failures: "3" })}${set("Pedir calma (429)", { status: "429", failures: "1", retryAfter: "5" })}
${set("Ya no existo (410)", { status: "410", failures: "1" })}${set("Responder lento", { delayMs: "12000" })}${set("Responder basura", { garbage: "on" })}${set("Todo normal", { reset: "on" })}</div></section>`;
}

function callbackCard(callback: Callback): Html {
  return html`<div class="card"><div class="head"><span>${when(callback.receivedAt)} · intento ${callback.attempt} · respondió ${callback.answered}</span>
<span class="row"><span>firma_hmac ${verdictBadge(callback.firma)}</span><span>Standard Webhooks ${verdictBadge(callback.standardWebhook)}</span></span></div>
<p class="soft">webhook-id <code>${callback.webhookId ?? "no tiene"}</code></p>
<details><summary>Ver el contenido</summary><pre>${prettified(callback.body)}</pre><pre>${Object.entries(callback.headers).map(([name, value]) => `${name}: ${value}\n`)}</pre></details></div>`;
}

const verdictWords = { right: "correcta", wrong: "incorrecta", missing: "no viene" };

const verdictBadge = ({ verdict, why }: Verdict): Html => html`<span title="${why}">${badge(verdict, verdictWords[verdict])}</span>`;

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
  return html`<div class="card"><h1>${isOk ? "¡Gracias por tu compra!" : "Volviste sin terminar"}</h1>
<p>${isOk ? "Esta es la página de agradecimiento del comercio (simulada)." : `Estado: ${status ?? "desconocido"}`}</p>
<dl><dt>Referencia</dt><dd><code>${ref ?? "no viene"}</code></dd></dl></div>`;
}
