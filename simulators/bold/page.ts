import { html } from "hono/html";
import { languageLinks, type PageLanguage, pesosFor, timeFor } from "../four-languages.ts";
import { type Html, hidden, plainPage } from "../page.ts";
import { pageWords } from "./page-words.ts";
import type { Outcome } from "./pay.ts";
import type { BoldLink, BoldMerchant } from "./world.ts";

type Shown = { language: PageLanguage; url: string };
export type Page = Shown & { link: BoldLink; merchant: BoldMerchant; hasFailed: boolean };
type Word = keyof typeof pageWords;

const choices: { outcome: Outcome; word: Word; look: "good" | "bad" | "quiet" }[] = [
  { outcome: "approve", word: "approve", look: "good" },
  { outcome: "decline", word: "decline", look: "bad" },
  { outcome: "decline_then_retry", word: "declineStay", look: "bad" },
  { outcome: "fail", word: "fail", look: "bad" },
  { outcome: "pending", word: "pending", look: "quiet" },
  { outcome: "close", word: "close", look: "quiet" },
  { outcome: "abandon", word: "abandon", look: "quiet" },
];

/** Wears the yellow label of the real one's test mode. */
const strip = (
  { language, url }: Shown,
  isTest: boolean,
) => html`<div class="strip"><span>Bold <span class="soft">${pageWords.simulated[language]}</span></span>
${languageLinks(url, language)}${isTest ? html`<span class="badge wait">${pageWords.testMode[language]}</span>` : ""}</div>`;

export function linkPage({ link, merchant, hasFailed, ...shown }: Page): Html {
  const { language } = shown;
  const say = (word: Word) => pageWords[word][language];
  return plainPage(
    `${say("payTo")} ${merchant.name}`,
    html`${strip(shown, merchant.mode === "test")}
<div class="card">
  <div class="pay"><h1>${merchant.name}</h1><div class="amount">${pesosFor(language, link.total, link.currency)}</div></div>
  ${hasFailed ? html`<p class="note bad" role="status">${say("lastTry")}</p>` : ""}
  <dl><dt>${say("description")}</dt><dd>${link.description}</dd><dt>${say("reference")}</dt><dd><code>${link.reference}</code></dd>
  ${link.payerEmail ? html`<dt>${say("email")}</dt><dd>${link.payerEmail}</dd>` : ""}
  ${link.expirationDate === null ? "" : html`<dt>${say("ends")}</dt><dd>${timeFor(language, link.expirationDate / 1e6)}</dd>`}</dl>
  <form method="post" action="/bold/pay">
    ${hidden({ link: link.id })}
    <div class="fields"><label>${say("method")}<select name="method"><option value="CARD_WEB">${say("card")}</option><option value="NEQUI">Nequi</option><option value="PSE">PSE</option><option value="BOTON_BANCOLOMBIA">Bancolombia</option></select></label>
    <label>${say("tip")}<input name="tip" type="number" min="0" step="1" inputmode="numeric"></label></div>
    <h2 style="margin:16px 0 10px">${say("what")}</h2>
    <div class="stack">${choices.map(({ outcome, word, look }) => html`<button class="${look}" name="outcome" value="${outcome}">${say(word)}</button>`)}</div>
    <div class="fields"><label>${say("cardNumber")}<input name="card" inputmode="numeric" placeholder="4111 1111 1111 1111" maxlength="25"></label></div>
    <button name="outcome" value="card">${say("payByCard")}</button>
  </form>
</div>
<p class="soft">${say("notReal")}</p>`,
    language,
  );
}

export function refusalPage(shown: Shown, why: "paid" | "expired" | "unknown"): Html {
  const titles = { paid: pageWords.paidTitle, expired: pageWords.expiredTitle, unknown: pageWords.unknownTitle };
  const title = titles[why][shown.language];
  const body = html`${strip(shown, true)}<div class="card"><h1>${title}</h1><p class="note bad" role="alert">${pageWords.nothingMade[shown.language]}</p></div>`;
  return plainPage(title, body, shown.language);
}

/** Where the browser stays: on its last page is the button that alone sends the test's webhook. */
export function endPage(
  shown: Shown,
  { paymentId, returnUrl, hasButton }: { paymentId: string; returnUrl: string | null; hasButton: boolean },
): Html {
  const say = (word: Word) => pageWords[word][shown.language];
  const body = html`${strip(shown, true)}<div class="card"><h1>${say("endTitle")}</h1>
${hasButton && paymentId ? html`<p>${say("tryWebhookWhy")}</p><form method="post" action="/bold/payments/${paymentId}/send-event"><button>${say("tryWebhook")}</button></form>` : ""}
${returnUrl ? html`<p><a href="${returnUrl}">${say("back")}</a></p>` : html`<p>${say("stay")}</p>`}</div>`;
  return plainPage(say("endTitle"), body, shown.language);
}
