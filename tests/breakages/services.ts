import type { Breakage } from "./breakage.ts";

const terms = ["tests/engine/services/terms.test.ts"] as const;
const questions = ["tests/engine/services/questions.test.ts"] as const;
const api = ["tests/http/services/services.test.ts"] as const;

/** What a merchant sets for a service holds for its customers. */
export const services: readonly Breakage[] = [
  {
    guarantee: "a fixed deposit is charged, not a percentage",
    file: "src/domain/money.ts",
    find: "depositMinor ?? shareOf",
    replace: "shareOf",
    noticedBy: terms,
  },
  {
    guarantee: "what is paid at the place charges nothing now",
    file: "src/domain/money.ts",
    find: 'if (input.chargeType === "on_site") return 0;',
    replace: "",
    noticedBy: terms,
  },
  {
    guarantee: "whoever was shown other cancellation terms is asked again",
    file: "src/commands/claims/offer-seen.ts",
    find: "isSameCancellation(cancellation, offer.cancellation);",
    replace: "true;",
    noticedBy: terms,
  },
  {
    guarantee: "the terms that were shown are kept with the booking",
    file: "src/commands/bookings/insert-booking.ts",
    find: "cancellation: offer.cancellation && JSON.stringify(offer.cancellation)",
    replace: "cancellation: null",
    noticedBy: terms,
  },
  {
    guarantee: "a service's own minutes count for its hold",
    file: "src/commands/claims/hold-slot.ts",
    find: "service.holdMinutes ?? ",
    replace: "",
    noticedBy: terms,
  },
  {
    guarantee: "a customer reads the service in their language",
    file: "src/queries/booking-calendar.ts",
    find: "(language && service.translations[language]?.name) ?? service.name",
    replace: "service.name",
    noticedBy: terms,
  },
  {
    guarantee: "a question that must be answered is answered",
    file: "src/contracts/answers.ts",
    find: 'return isRequired ? { problem: "missing" } : { value: null };',
    replace: "return { value: null };",
    noticedBy: questions,
  },
  {
    guarantee: "a personal answer is sealed",
    file: "src/commands/bookings/keep-answers.ts",
    find: "question.isPersonal ?",
    replace: "position > 9 ?",
    noticedBy: questions,
  },
  {
    guarantee: "the length of a sealed answer tells nothing",
    file: "src/queries/booking-answers.ts",
    find: "text.padEnd(Math.ceil(text.length / blockLength) * blockLength)",
    replace: "text",
    noticedBy: questions,
  },
  {
    guarantee: "that somebody read personal answers is in the log",
    file: "src/commands/bookings/show-answers.ts",
    find: "if (answers.some(({ isPersonal }) => isPersonal))",
    replace: "if (answers.length > 99)",
    noticedBy: questions,
  },
  {
    guarantee: "staff read the answers of their own bookings only",
    file: "src/queries/desk/booking-access.ts",
    find: "professionalSeen(sight, booking.professional_id) !== booking.professional_id",
    replace: "false",
    noticedBy: questions,
  },
  {
    guarantee: "of two people who edit a service, the second is told",
    file: "src/http/merchant/services.ts",
    find: "changes, seenVersion }",
    replace: "changes }",
    noticedBy: api,
  },
  {
    guarantee: "a service is given by the merchant's own professionals",
    file: "src/commands/services/set-professionals.ts",
    find: 'if (found.length < wanted.length) throw new Refusal("professional_unknown");',
    replace: "",
    noticedBy: api,
  },
  {
    guarantee: "a service's name is one line, also in the subject of a mail",
    file: "src/contracts/service-terms.ts",
    find: "!/[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]/u.test(text)",
    replace: "text.length > 0",
    noticedBy: api,
  },
];
