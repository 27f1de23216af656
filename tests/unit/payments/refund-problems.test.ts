import { expect, test } from "vitest";
import { refundProblem, refundProblems, refusedRefund } from "#domain/money-back/refund-problems.ts";
import en from "#messages/booking/en.json" with { type: "json" };
import es from "#messages/booking/es.json" with { type: "json" };
import fr from "#messages/booking/fr.json" with { type: "json" };
import pt from "#messages/booking/pt.json" with { type: "json" };
import { codeUnder } from "../../tidy/source.ts";

/** What an adapter hands over when it refuses a refund. */
const ofAdapters = codeUnder("src/providers").flatMap(({ path, text }) =>
  /payments\/[\w-]+\/(refund|cancellation|bold|none|on-site)\.ts$/.test(path)
    ? [...text.matchAll(/(?:refused(?:As)?\((?:"[^"]*", )?|result: "refused"[^}]*detail: |return )"([a-z]+(?:_[a-z]+)+)"/g)].map(
        ([, code]) => String(code),
      )
    : [],
);

test("every reason why a refund did not go out has words in four languages, ours and the adapters'", () => {
  expect(ofAdapters).toEqual(expect.arrayContaining(["charge_unknown", "only_cancellations", "no_refund_api", "given_back_by_hand"]));
  for (const code of [...refundProblems, ...ofAdapters])
    for (const { booking } of [es, en, fr, pt]) expect(Object.keys(booking.refundProblem), code).toContain(code);
});

test("a provider's own words are kept behind a code, once", () => {
  expect(refundProblem("gave_up")).toBe("gave_up");
  expect(refundProblem("short_of_balance", "short_of_balance")).toBe("short_of_balance");
  expect(refundProblem("no_end", "PENDING")).toBe("no_end: PENDING");
  const refused = (detail: string | null, providerStatus = "") => refusedRefund({ detail, providerStatus });
  expect(refused("too_old")).toBe("too_old");
  expect(refused("keys_refused: stripe: 401")).toBe("keys_refused: stripe: 401");
  expect(refused("El plazo para anular ya pasó")).toBe("provider_refused: El plazo para anular ya pasó");
  expect(refused(null, "INPUT_VALIDATION_ERROR")).toBe("provider_refused: INPUT_VALIDATION_ERROR");
  expect(refused(null)).toBe("refused");
});
