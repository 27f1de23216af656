import { html } from "hono/html";
import { type Html, hidden } from "../page.ts";
import { style } from "../style.ts";
import { isPageWord, otherLanguages, type PageWord, pageLanguage, word } from "./page-words.ts";
import { type Checkout, holderNames } from "./pay.ts";
import { type Method, type MpPayment, methodIds, methods, type Preference } from "./shapes.ts";

/**
 * As the real one: the purchase, and how to pay, with the card's fields. The holder's name chooses
 * what becomes of a card.
 */
export function checkoutPage({ account, preference, paid }: Checkout & { paid: MpPayment[] }): Html {
  const { reference, payer, title } = preference;
  return buyersPage(
    `${word("payTo")} ${account.name}`,
    html`${paid.length > 0 ? html`<p class="note" role="status">${word("paidBefore")}${paid.map((each) => html`<br>${stateOf(each)} <code>${each.id}</code>`)}</p>` : ""}
<section><h2>${word("purchase")}</h2>
  <p>${title} <span class="soft">· ${account.name}</span></p>
  <p class="total"><span>${word("total")}</span><b>${money(preference.amount, preference.currency)}</b></p>
  <dl><dt>${word("reference")}</dt><dd><code>${reference ?? ""}</code></dd>
  ${payer.name ? html`<dt>${word("name")}</dt><dd>${payer.name}</dd>` : ""}
  ${payer.email ? html`<dt>${word("email")}</dt><dd>${payer.email}</dd>` : ""}
  ${preference.expirationDateTo ? html`<dt>${word("ends")}</dt><dd>${when(preference.expirationDateTo)}</dd>` : ""}</dl></section>
<div class="card"><h1>${word("how")}</h1>
  <form method="post" action="/mercadopago/checkout/pay">
    ${hidden({ pref_id: preference.id })}
    <div class="ways">${offered(preference).map(
      (
        method,
        index,
      ) => html`<div class="way"><label><input type="radio" name="method" value="${method}" ${index === 0 ? "checked" : ""}>${word(method)}</label>
      ${method === "card" ? cardFields() : ""}</div>`,
    )}</div>
    <div class="stack"><button class="good wide-button">${word(paid.some(({ status }) => status === "approved") ? "payAgain" : "pay")}</button>
    <button class="quiet" name="leave" value="without_paying">${word("leave")}</button></div>
    ${knobFields()}
  </form>
</div>
<p class="soft foot">${word("processedBy")} <b>Mercado Pago</b> · ${word("notReal")}</p>`,
  );
}

const cardFields = () => html`<div class="fields">
  <label>${word("number")}<input inputmode="numeric" value="5254 1336 7440 3564" autocomplete="off"></label>
  <label>${word("holder")}<select name="holder">${holderNames.map((name) => html`<option value="${name}">${name} (${word(name)})</option>`)}</select></label>
  <div class="pair"><label>${word("expiry")}<input inputmode="numeric" value="11/30" autocomplete="off"></label><label>${word("code")}<input inputmode="numeric" value="123" autocomplete="off"></label></div>
  <label>${word("document")}<input inputmode="numeric" value="123456789" autocomplete="off"></label>
  <label>${word("instalments")}<select>${["1", "3", "6", "12"].map((count) => html`<option>${count}</option>`)}</select></label></div>`;

export function endPage({
  payment,
  back,
  preference,
}: {
  payment: MpPayment | undefined;
  back: string | null;
  preference: Preference | undefined;
}): Html {
  const title = payment ? stateOf(payment) : word("other");
  const again = new URLSearchParams({ pref_id: preference?.id ?? "" });
  return buyersPage(
    title,
    html`<div class="card"><h1>${title}</h1>${payment ? html`<p class="soft"><code>${payment.id}</code> · ${money(payment.amount, payment.currency)}</p>` : ""}
<p>${back ? html`<a href="${back}">${word("back")}</a>` : ""}</p>
${preference ? html`<p><a href="/mercadopago/checkout/v1/redirect?${again.toString()}">${word(payment?.status === "approved" ? "payAgain" : "pay")}</a></p>` : ""}</div>`,
  );
}

export function refusalPage(name: PageWord): Html {
  return buyersPage(word(name), html`<div class="card"><h1>${word(name)}</h1><p class="soft">${word("notReal")}</p></div>`);
}

const offered = ({ excludedTypes }: Preference): Method[] => methods.filter((method) => !excludedTypes.includes(methodIds[method][1]));

function stateOf({ status }: MpPayment): string {
  const name = status === "in_process" ? "pending" : status;
  return isPageWord(name) ? word(name) : word("other");
}

const option = (value: string, name: PageWord) => html`<option value="${value}">${word(name)}</option>`;

const knobFields = () => html`<details><summary>${word("habits")}</summary><div class="fields">
<label>${word("notice")}<select name="notice">${option("", "usual")}${option("before", "before")}${option("after", "after")}${option("never", "never")}</select></label>
<label>${word("copies")}<input name="noticeCopies" type="number" min="1" max="20"></label>
<label>${word("signature")}<select name="signature">${option("", "usual")}${option("right", "right")}${option("wrong", "wrong")}${option("none", "none")}</select></label>
<label>${word("again")}<input name="noticeAgainSeconds" type="number" min="0"></label>
<label>${word("late")}<input name="lateApprovalSeconds" type="number" min="0"></label>
<label>${word("amount")}<input name="amount" type="number" min="0" step="any"></label>
<label>${word("twice")}<input name="approvals" type="number" min="1" max="2"></label>
</div></details>`;

/** In the buyer's own language: there are more of them than the panel has. */
function buyersPage(title: string, body: Html): Html {
  const links = otherLanguages().map(
    ({ language, address }) => html` <a href="${address}" hreflang="${language}" lang="${language}">${language.toUpperCase()}</a>`,
  );
  return html`<!doctype html>
<html lang="${pageLanguage()}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${title} · Mercado Pago</title><link rel="icon" href="data:,"><style>${style}</style></head>
<body class="plain mercadopago"><main><div class="strip"><span>Mercado Pago <span class="soft">${word("simulated")}</span></span><span>${links}</span><span class="badge wait">${word("test")}</span></div>
${body}</main></body></html>`;
}

const locale = () => `${pageLanguage()}-CO`;

function when(iso: string): Html {
  return html`<time datetime="${iso}">${new Date(iso).toLocaleString(locale(), { timeZone: "America/Bogota", dateStyle: "medium", timeStyle: "medium" })}</time>`;
}

const money = (amount: number, currency: string): string =>
  `$ ${amount.toLocaleString(locale(), { maximumFractionDigits: 2 })} ${currency}`;
