import { html } from "hono/html";
import { languageLinks, type PageLanguage, pesosFor } from "../four-languages.ts";
import { type Html, hidden, plainPage } from "../page.ts";
import type { Outcome } from "./decide.ts";
import { pageWords } from "./page-words.ts";
import type { AddiAlly, Application } from "./world.ts";

type Shown = { language: PageLanguage; url: string };
type Word = keyof typeof pageWords;

const choices: { outcome: Outcome; word: Word; look: "good" | "bad" | "quiet" }[] = [
  { outcome: "approve", word: "approve", look: "good" },
  { outcome: "approve_less", word: "approveLess", look: "bad" },
  { outcome: "reject", word: "reject", look: "bad" },
  { outcome: "decline", word: "decline", look: "bad" },
  { outcome: "abandon", word: "abandon", look: "bad" },
  { outcome: "error", word: "error", look: "bad" },
  { outcome: "pending", word: "pending", look: "quiet" },
  { outcome: "close", word: "close", look: "quiet" },
  { outcome: "leave", word: "leave", look: "quiet" },
];

const strip = ({
  language,
  url,
}: Shown) => html`<div class="strip"><span>Addi <span class="soft">${pageWords.simulated[language]}</span></span>
${languageLinks(url, language)}<span class="badge wait">${pageWords.test[language]}</span></div>`;

export function applicationPage({ ally, application, ...shown }: Shown & { ally: AddiAlly; application: Application }): Html {
  const say = (word: Word) => pageWords[word][shown.language];
  return plainPage(
    say("title"),
    html`${strip(shown)}
<div class="card">
  <div class="pay"><h1>${say("title")}</h1><div class="amount">${pesosFor(shown.language, application.totalAmount, application.currency)}</div></div>
  <dl><dt>${say("at")}</dt><dd>${ally.name}</dd><dt>${say("order")}</dt><dd><code>${application.orderId}</code></dd><dt>${say("name")}</dt><dd>${application.buyer}</dd></dl>
  <form method="post" action="/addi/apply">
    ${hidden({ application: application.id })}
    <h2 style="margin:16px 0 10px">${say("what")}</h2>
    <div class="stack">${choices.map(({ outcome, word, look }) => html`<button class="${look}" name="outcome" value="${outcome}">${say(word)}</button>`)}</div>
  </form>
</div>
<p class="soft">${say("notReal")}</p>`,
    shown.language,
  );
}

export function notePage(shown: Shown, word: "decidedTitle" | "unknownTitle" | "goneTitle"): Html {
  const title = pageWords[word][shown.language];
  const body = html`${strip(shown)}<div class="card"><h1>${title}</h1><p role="status">${pageWords.stay[shown.language]}</p></div>`;
  return plainPage(title, body, shown.language);
}
