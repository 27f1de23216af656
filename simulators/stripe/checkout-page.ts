import { html } from "hono/html";
import { type Html, hidden } from "../page.ts";
import { style } from "../style.ts";
import { language } from "../words.ts";
import { moneyText } from "./money.ts";
import { languageOf, type PageLanguage, type PageWords, wordsOf } from "./page-words.ts";
import { usualCard } from "./pay.ts";
import type { Intent, Session, StripeAccount } from "./shapes.ts";

export type Shown = { account: StripeAccount; session: Session; intent: Intent | undefined };

const pageLanguage = (session: Session | undefined): PageLanguage => languageOf(session?.locale ?? null) ?? language();

function shell(speaks: PageLanguage, title: string, body: unknown): Html {
  return html`<!doctype html>
<html lang="${speaks}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${title} · Stripe</title><link rel="icon" href="data:,"><style>${style}</style></head>
<body class="plain stripe"><main>${body}</main></body></html>`;
}

const strip = (words: PageWords) =>
  html`<div class="strip"><span>Stripe <span class="soft">${words.simulated}</span></span><span class="badge wait">${words.test}</span></div>`;

const cards: [number: string, word: keyof PageWords][] = [
  ["4242 4242 4242 4242", "accepted"],
  ["4000 0000 0000 0002", "declined"],
  ["4000 0000 0000 9995", "noFunds"],
  ["4000 0000 0000 0069", "expired"],
  ["4000 0000 0000 0127", "badCode"],
  ["4000 0000 0000 0119", "bankError"],
  ["4000 0025 0000 3155", "authenticate"],
  ["4000 0000 0000 0259", "disputed"],
  ["4000 0000 0000 1976", "inquiry"],
];
const grouped = usualCard.replaceAll(/(\d{4})(?=\d)/g, "$1 ");

/** As the real one: what is paid to whom, the contact, the card, one button. */
export function checkoutPage({ account, session, intent }: Shown): Html {
  const speaks = pageLanguage(session);
  const words = wordsOf(speaks);
  const { cancelUrl } = session;
  const failed = intent?.status === "requires_payment_method" ? intent.lastError : null;
  return shell(
    speaks,
    `${words.payTo} ${account.name}`,
    html`${strip(words)}
<div class="card">
  ${cancelUrl ? html`<p><a href="${cancelUrl}">← ${words.back}</a></p>` : ""}
  <h1 class="soft" style="font-size:1.1rem">${words.payTo} ${account.name}</h1>
  <div class="amount">${moneyText(session.amountTotal, session.currency, speaks)}</div>
  <p class="soft">${session.itemName}</p>
  ${failed ? html`<p class="note bad" role="alert">${words.lastTry} <span lang="en">${failed.message}</span></p>` : ""}
  <form method="post" action="/stripe/c/pay/${session.id}">
    ${session.customerEmail ? html`<h2 class="steps">${words.contact}</h2><dl><dt>${words.email}</dt><dd>${session.customerEmail}</dd></dl>` : ""}
    <h2 class="steps">${words.method}</h2>
    <div class="ways"><div class="way"><label><input type="radio" name="method" value="card" checked>${words.card}</label>${cardFields(words)}</div>
    ${session.excludedMethods.includes("oxxo") ? "" : html`<div class="way"><label><input type="radio" name="method" value="oxxo">${words.voucher}</label></div>`}</div>
    <button class="good wide-button">${words.pay}</button>
    <details><summary>${words.testCards}</summary><dl>${cards.map(([number, word]) => html`<dt><code>${number}</code></dt><dd>${words[word]}</dd>`)}</dl></details>
    <details><summary>${words.otherEnds}</summary><div class="stack"><button class="quiet" name="outcome" value="close">${words.approveAndClose}</button>
    <button class="quiet" name="outcome" value="abandon">${words.leave}</button></div></details>
  </form>
</div>
<p class="soft foot">${words.poweredBy} <b>Stripe</b> · ${words.notReal} <a href="/stripe">${words.all}</a></p>`,
  );
}

const cardFields = (words: PageWords) => html`<div class="fields">
  <label>${words.number}<input name="card" inputmode="numeric" autocomplete="cc-number" value="${grouped}" list="cards"></label>
  <datalist id="cards">${cards.map(([number, word]) => html`<option value="${number}">${words[word]}</option>`)}</datalist>
  <div class="pair"><label>${words.expiry}<input autocomplete="off" inputmode="numeric" value="12 / 34"></label><label>CVC<input autocomplete="off" inputmode="numeric" value="123"></label></div>
  <label>${words.holder}<input autocomplete="off" placeholder="${words.holderExample}"></label>
  <label>${words.country}<select><option>Colombia</option><option>France</option><option>México</option></select></label></div>`;

/** The bank's own page, between the button and the money. */
export function authenticationPage({ session }: Shown, fields: Record<string, string>): Html {
  const speaks = pageLanguage(session);
  const words = wordsOf(speaks);
  const answer = (label: string, authenticated: string, look: string) =>
    html`<form method="post" action="/stripe/c/pay/${session.id}">${hidden({ ...fields, authenticated })}<button class="${look}">${label}</button></form>`;
  return shell(
    speaks,
    words.confirmTitle,
    html`${strip(words)}<div class="card"><h1>${words.confirmTitle}</h1><p>${words.confirmText}</p>
<div class="stack">${answer(words.confirm, "yes", "good")}${answer(words.refuse, "no", "bad")}</div></div>`,
  );
}

/** For a session that cannot be paid any more, or that is unknown. */
export function gonePage(session: Session | undefined): Html {
  const speaks = pageLanguage(session);
  const words = wordsOf(speaks);
  const back = session?.cancelUrl ?? session?.successUrl;
  return shell(
    speaks,
    words.gone,
    html`${strip(words)}<div class="card"><h1>${words.gone}</h1><p class="note bad" role="alert">${words.goneText}</p>
${back ? html`<p><a href="${back}">← ${words.back}</a></p>` : ""}</div>`,
  );
}

export function closedPage(session: Session | undefined): Html {
  const speaks = pageLanguage(session);
  const words = wordsOf(speaks);
  return shell(
    speaks,
    words.closed,
    html`${strip(words)}<div class="card"><h1>${words.closed}</h1><p>${words.closedText}</p><p><a href="/stripe">${words.all}</a></p></div>`,
  );
}
