import type { Breakage } from "./breakage.ts";

/** What a merchant has set holds, whatever the defaults are. */
export const settings: Breakage[] = [
  {
    guarantee: "a hold lasts as long as the merchant says",
    file: "db/functions/hold_slot.sql",
    find: "now() + make_interval(mins => p_hold_minutes)",
    replace: "now() + interval '10 minutes'",
    noticedBy: ["tests/database/hold-slot.test.ts"],
  },
  {
    guarantee: "a merchant who lets slots go at a decline has them free at once",
    file: "src/commands/settlement/release-declined.ts",
    find: '.where("t.on_decline", "=", "release")',
    replace: '.where("t.on_decline", "=", "retry")',
    noticedBy: ["tests/engine/paying.test.ts"],
    test: "on_decline=release: a decline lets the slot go at once",
  },
  {
    guarantee: "money counts until the merchant's latest moment, and not after it",
    file: "db/functions/lock_for_settlements.sql",
    find: "coalesce(k.settle_until <= now(), false)",
    replace: "coalesce(k.settle_until is null, false)",
    noticedBy: ["tests/races/late-together.test.ts"],
  },
  {
    guarantee: "the merchant's own latest moment counts, not only the start",
    file: "src/domain/hold-times.ts",
    find: "return new Date(start.getTime() - minutesBefore * 60_000);",
    replace: "return new Date(start.getTime());",
    noticedBy: ["tests/engine/cases/after-the-start.test.ts"],
    test: "a minute before the appointment an approval still counts",
  },
  {
    guarantee: "what could not be paid in time is not offered",
    file: "src/queries/catalog.ts",
    find: "greatest(lead_minutes, ${leadMinutes}::int)",
    replace: "greatest(lead_minutes, 0 * ${leadMinutes}::int)",
    noticedBy: ["tests/engine/cases/after-the-start.test.ts"],
  },
  {
    guarantee: "dates are the merchant's dates, not those of UTC",
    file: "src/queries/availability.ts",
    find: "const span = daysAsSpan(from, to, timezone);",
    replace: 'const span = daysAsSpan(from, to, "UTC");',
    noticedBy: ["tests/http/catalog.test.ts"],
  },
  {
    guarantee: "a callback address that was removed is not called, and nothing waits for it",
    file: "src/commands/checkouts/confirm-checkout.ts",
    find: '    .where("f.state", "<>", "skipped")\n',
    replace: "",
    noticedBy: ["tests/engine/cases/callback-removed.test.ts"],
  },
  {
    guarantee: "nothing new is paid through a connection that was switched off",
    file: "src/commands/payments/payment-connection.ts",
    find: '.where("provider", "=", provider ?? "")\n    .where("is_active", "=", true)\n',
    replace: '.where("provider", "=", provider ?? "")\n',
    noticedBy: ["tests/engine/cases/connection-accounts.test.ts"],
    test: "nothing new is started with it",
  },
];
