import { html } from "hono/html";
import { button, type Html, table, when } from "../page.ts";
import { say } from "../words.ts";
import { type Inbox, type Mail, mailsTo } from "./inbox.ts";

export function mailSection(inbox: Inbox, { to, rowsMax }: { to?: string | undefined; rowsMax: number }): Html {
  const mails = mailsTo(inbox, to);
  const set = (label: string, fields: Record<string, string>) => button({ label, path: "/mail/panel/knobs", fields });
  return html`<section><div class="head"><h2>${say("Correo")}${to ? html` ${say("para")} ${to}` : ""}</h2><span class="soft">${mails.length} · ${say("SMTP en el puerto")} ${inbox.smtpPort}</span></div>
${to ? html`<p><a href="/mail">${say("Ver todo el correo")}</a></p>` : ""}
${table([say("Hora"), say("Para"), say("Asunto"), say("Adjuntos")], mails.slice(0, rowsMax).map(mailRow), say("Todavía no ha llegado ningún correo."))}
<div class="row" style="margin-top:12px">${set(say("Rechazar el próximo (451)"), { failNext: "1" })}${set(say("Recibir y cortar"), { acceptThenDrop: "1" })}
${set(say("Servidor caído"), { down: "on" })}${set(say("Todo normal"), { reset: "on" })}</div></section>`;
}

const mailRow = (mail: Mail): unknown[] => [
  when(mail.receivedAt),
  mail.to.map((to) => html`<a href="/mail?to=${encodeURIComponent(to)}">${to}</a> `),
  html`<a href="/mail/${mail.id}">${mail.subject || say("(sin asunto)")}</a>`,
  mail.attachments.map((each) => each.filename).join(", ") || say("ninguno"),
];

/** Shows the message in a frame without scripts. Its links open in a new tab. */
export function mailPage(mail: Mail): Html {
  const framed = `<base target="_blank">${mail.html ?? ""}`;
  return html`<section><dl><dt>${say("De")}</dt><dd>${mail.fromName} &lt;${mail.from}&gt;</dd><dt>${say("Para")}</dt><dd>${mail.to.join(", ")}</dd>
<dt>${say("Hora")}</dt><dd>${when(mail.receivedAt)}</dd><dt>Message-ID</dt><dd><code>${mail.messageId ?? say("no tiene")}</code></dd>
${mail.attachments.map(
  (each, index) => html`<dt>${say("Adjunto")}</dt><dd><a href="/mail/${mail.id}/attachments/${index}">${each.filename}</a>
<span class="soft">${each.mimeType}, ${each.content.length} bytes</span></dd>`,
)}</dl></section>
${mail.html === null ? "" : html`<section><h2>${say("Como lo ve quien lo recibe")}</h2><iframe title="${say("Mensaje")}" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="${framed}"></iframe></section>`}
<section><h2>${say("Solo texto")}</h2>${mail.text ? html`<pre>${mail.text}</pre>` : html`<p class="empty">${say("El mensaje no tiene versión de texto.")}</p>`}</section>
<p><a href="/mail">${say("Volver al correo")}</a></p>`;
}
