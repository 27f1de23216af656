import { z } from "zod";
import { noticeMails, noticeMailsChoice, noticeState, notices, noticeWait, readNotices } from "../notices/notices.ts";
import { described, json, merchantChange, merchantRead, type Operation } from "./operation.ts";

const read = { ...merchantRead, callers: ["member"], permission: "bookings.read" } as const;
const change = { ...merchantChange, callers: ["member"], permission: "bookings.read" } as const;

const state = { unread: 1, newBookings: [41], latest: 41, revision: "41-1-41" };
const mails = {
  email: "ana@example.com",
  offered: ["new_booking" as const, "moved" as const, "cancelled" as const, "summary" as const],
  chosen: ["new_booking" as const],
  summaryHour: 18,
  timezone: "America/Bogota",
};
const token = described(
  z.object({ token: z.string().max(1000) }),
  { token: "From a mail's link. It says whose mail it is and which." },
  "unsubscribe_unknown",
);
const unsubscribing = { tag: "account", callers: ["anyone"], limit: "changes", isPrivate: true, params: token } as const;

/** What the bell of a member tells, and what is mailed to them. */
export const noticeOperations = [
  {
    ...read,
    id: "listNotices",
    path: "/api/notices",
    summary: "What has happened, for the member who asks, newest first",
    answer: json(200, notices, "At most 50. Staff hear of their own bookings alone.", {
      ...state,
      timezone: "America/Bogota",
      country: "CO",
      notices: [
        {
          number: 41,
          kind: "booking.paid",
          at: "2026-11-21T15:03:27.000Z",
          isRead: false,
          booking: {
            id: "0199c0de-0000-7000-8000-000000000009",
            customerName: "María Gómez",
            serviceName: "Consulta psicológica",
            professionalName: "Laura Restrepo",
            start: "2026-11-23T13:00:00.000Z",
          },
          order: null,
          product: null,
          money: null,
          arisen: null,
        },
      ],
    }),
  },
  {
    ...read,
    id: "waitForNotices",
    path: "/api/notices/state",
    summary: "Wait for news: answers once the state differs from the one that is known, or after 25 seconds",
    query: described(noticeWait, { known: "`revision` of the last answer. Without it the answer comes at once." }),
    answer: json(200, noticeState, "Nothing is lost between two questions: the state is whole.", state),
  },
  {
    ...change,
    id: "readNotices",
    methods: ["put"],
    path: "/api/notices/read",
    summary: "Mark notices as read, for the member who asks",
    body: readNotices,
    bodyExamples: { all: { through: 41 }, one: { numbers: [41] } },
    answer: json(200, noticeState, "`through`: that one and all before it.", { ...state, unread: 0, newBookings: [], revision: "41-0-0" }),
  },
  {
    ...read,
    tag: "account",
    id: "getNoticeMails",
    path: "/api/notices/mails",
    summary: "Which mails about the business go to the member who asks",
    answer: json(200, noticeMails, "`offered`: what their role may choose.", mails),
  },
  {
    ...change,
    tag: "account",
    id: "chooseNoticeMails",
    methods: ["put"],
    path: "/api/notices/mails",
    summary: "Choose them",
    body: noticeMailsChoice,
    bodyExamples: { bookings: { chosen: ["new_booking"], summaryHour: 18 } },
    answer: json(200, noticeMails, "It holds for what happens from now on.", mails),
  },
  {
    ...unsubscribing,
    id: "openUnsubscribe",
    methods: ["get"],
    path: "/api/notice-mails/{token}",
    summary: "Where a person who opens the link of a mail's header can stop it",
    answer: { status: 303, description: "To the page with the button. Opening the link changes nothing: scanners open it, too." },
  },
  {
    ...unsubscribing,
    id: "unsubscribe",
    methods: ["post"],
    path: "/api/notice-mails/{token}",
    summary: "Stop such mails with one click (RFC 8058)",
    answer: { status: 204, description: "None is sent any more, also if it was stopped before." },
  },
  {
    ...unsubscribing,
    id: "subscribeAgain",
    methods: ["post"],
    path: "/api/notice-mails/{token}/again",
    summary: "Take that back",
    answer: { status: 204, description: "They are sent again, of what happens from now on." },
  },
] as const satisfies readonly Operation[];
