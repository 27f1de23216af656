import { html } from "hono/html";
import { style } from "./style.ts";
import { language, languageLink, say } from "./words.ts";

export type Html = ReturnType<typeof html>;

const sections = () => [
  { path: "/", name: say("Todo") },
  { path: "/wompi", name: say("Pagos") },
  { path: "/mercadopago", name: "Mercado Pago" },
  { path: "/stripe", name: "Stripe" },
  { path: "/bold", name: "Bold" },
  { path: "/addi", name: "Addi" },
  { path: "/daily", name: say("Salas") },
  { path: "/mail", name: say("Correo") },
  { path: "/merchant", name: say("Callbacks") },
];

/** A page with the navigation. `refreshSeconds` makes the browser reload it. */
export function page(input: { title: string; at: string; body: unknown; refreshSeconds?: number }): Html {
  const { title, at, body, refreshSeconds } = input;
  return html`<!doctype html>
<html lang="${language()}">
<head>${head(title)}${refreshSeconds ? html`<meta http-equiv="refresh" content="${refreshSeconds}">` : ""}</head>
<body>
<header class="top"><div class="wide">
  <a class="brand" href="/">Konfirmado <span>· ${say("mundo simulado")}</span></a>
  <nav aria-label="${say("Servicios")}">${sections().map(
    (section) => html`<a href="${section.path}" ${section.path === at ? html`aria-current="page"` : ""}>${section.name}</a>`,
  )}</nav>
  ${languageLink()}
</div></header>
<main class="wide"><h1>${title}</h1>${body}</main>
</body></html>`;
}

/** A page without navigation, as a buyer sees it. */
export function plainPage(title: string, body: unknown, inLanguage: string = language()): Html {
  return html`<!doctype html>
<html lang="${inLanguage}"><head>${head(title)}</head><body class="plain"><main>${body}</main></body></html>`;
}

/** On a phone each row becomes a card whose cells carry their column's name. */
export function table(columns: string[], rows: unknown[][], empty: string): Html {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`;
  const cells = (row: unknown[]) => row.map((cell, index) => html`<td data-column="${columns[index]}"><div>${cell}</div></td>`);
  return html`<div class="scroll"><table><thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${cells(row)}</tr>`)}</tbody></table></div>`;
}

/** A button that posts fixed fields. A program can post the same. */
export function button(input: { label: string; path: string; fields?: Record<string, string>; look?: "good" | "bad" | "quiet" }): Html {
  const { label, path, fields = {}, look = "quiet" } = input;
  return html`<form method="post" action="${path}">${hidden(fields)}<button class="${look}">${label}</button></form>`;
}

export const hidden = (fields: Record<string, string>): Html[] =>
  Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);

const looks: Record<string, string> = {
  APPROVED: "good",
  delivered: "good",
  right: "good",
  DECLINED: "bad",
  REJECTED: "bad",
  FAILED: "bad",
  ABANDONED: "bad",
  INTERNAL_ERROR: "bad",
  ERROR: "bad",
  exhausted: "bad",
  wrong: "bad",
  missing: "bad",
  PENDING: "wait",
  retrying: "wait",
  waiting: "wait",
  VOIDED: "wait",
};

const statusWords = (): Record<string, string> => ({
  APPROVED: say("Aprobado"),
  DECLINED: say("Rechazado"),
  REJECTED: say("Rechazado"),
  FAILED: say("Error"),
  ABANDONED: say("Abandonado"),
  INTERNAL_ERROR: say("Error"),
  OPEN: say("Abierto"),
  ERROR: say("Error"),
  PENDING: say("Pendiente"),
  VOIDED: say("Anulado"),
});

/** Shows a state in words. `data-word` has the service's own word, the fallback. */
export const badge = (word: string, label = statusWords()[word] ?? word): Html =>
  html`<span class="badge ${looks[word] ?? "quiet"}" data-word="${word}">${label}</span>`;

export function when(iso: string): Html {
  const shown = new Date(iso).toLocaleString(`${language()}-CO`, { timeZone: "America/Bogota", dateStyle: "medium", timeStyle: "medium" });
  return html`<time datetime="${iso}" title="${say("Hora de Colombia")}">${shown}</time>`;
}

/** Replaces the instants in a service's own words. */
export const withTimes = (text: string): Html =>
  html`${text.split(/(\d{4}-\d\d-\d\dT[\d:.]+Z)/).map((part, index) => (index % 2 === 1 ? when(part) : part))}`;

/** Wompi counts cents. A wrong currency is shown as it is. */
export function money(amountInCents: number, currency: string): string {
  return `$ ${(amountInCents / 100).toLocaleString(`${language()}-CO`, { maximumFractionDigits: 2 })} ${currency}`;
}

const head = (title: string): Html => html`<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${title} · ${say("Simuladores")}</title><link rel="icon" href="data:,"><style>${style}</style>`;
