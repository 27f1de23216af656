import type { Breakage } from "./breakage.ts";

const bell = "tests/http/notices/notices.test.ts";
const mails = "tests/engine/mails/members.test.ts";

/** What the bell tells whom, and who is mailed. */
export const notices: Breakage[] = [
  {
    guarantee: "staff hear of their own bookings alone",
    file: "src/queries/notices/notices.ts",
    find: 'role === "staff" ? isOwn',
    replace: 'tenantId === "" ? isOwn',
    noticedBy: [bell],
  },
  {
    guarantee: "a booking that was handed over takes its notices along",
    file: "src/queries/notices/notices.ts",
    find: "and b.id = n.checkout_id) = ${professionalId}::uuid`",
    replace: "and b.id = n.checkout_id) is not null`",
    noticedBy: [bell],
  },
  {
    guarantee: "another merchant's bell is no answer to whoever has left this one",
    file: "src/http/streams/notice-waits.ts",
    find: 'caller.kind === "member" && caller.memberId === memberId ?',
    replace: 'caller.kind === "member" ?',
    noticedBy: [bell],
  },
  {
    guarantee: "nobody reads what was not there yet",
    file: "src/commands/notices/read-notices.ts",
    find: "least(${through}::bigint, coalesce(max(last), 0))",
    replace: "${through}::bigint",
    noticedBy: [bell],
  },
  {
    guarantee: "no mail is planned for a member who has left",
    file: "src/commands/follow-ups/notify-merchant.ts",
    find: " and m.removed_at is null",
    replace: "",
    noticedBy: [mails],
  },
  {
    guarantee: "a mail that was planned is not sent to a member who has left",
    file: "src/queries/notices/notice-for-mail.ts",
    find: '      .where("m.removed_at", "is", null)\n',
    replace: "",
    noticedBy: [mails],
  },
  {
    guarantee: "staff are mailed of their own bookings alone",
    file: "src/commands/follow-ups/notify-merchant.ts",
    find: "(m.role <> 'staff' or m.professional_id = ${professionalId}::uuid)",
    replace: "(${professionalId}::uuid is not null)",
    noticedBy: [mails],
  },
  {
    guarantee: "a choice holds for what happens later",
    file: "src/commands/follow-ups/notify-merchant.ts",
    find: " and w.since <= ${occurredAt}",
    replace: "",
    noticedBy: [mails],
  },
];
