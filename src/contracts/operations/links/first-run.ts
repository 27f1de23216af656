import { z } from "zod";
import { type FirstRun, firstRun, testMails } from "#contracts/first-run/first-run.ts";
import { described, json, merchantChange, merchantRead, type Operation } from "../operation.ts";

/** True of the demo. */
const example: FirstRun = {
  steps: [
    { step: "service", isDone: true },
    { step: "professional", isDone: true },
    { step: "link", isDone: true },
    { step: "test_booking", isDone: true },
    { step: "real_payments", isDone: false },
  ],
  isDone: false,
  mode: "test",
  canSimulate: true,
  link: { id: "01900000-0000-7000-8000-000000000002", publicId: "demo", address: "https://citas.example.com/book/demo" },
  testBookingId: "0199c0de-0000-7000-8000-000000000004",
};

const mail = described(
  z.object({ id: z.uuid(), mail: z.enum(testMails) }),
  { id: "The booking's id.", mail: "`customer`, `professional` or `merchant`." },
  "checkout_unknown",
);

/** From an empty account to the first paid booking. */
export const firstRunOperations = [
  {
    ...merchantRead,
    id: "getFirstRun",
    path: "/api/first-run",
    summary: "What is still missing before customers can book and pay",
    permission: "tenant.read",
    answer: json(200, firstRun, "The steps in their order.", example),
  },
  {
    ...merchantChange,
    id: "openTestPayments",
    methods: ["post"],
    path: "/api/first-run/test-payments",
    summary: "Let this merchant's booking page be paid at the simulated provider",
    permission: "payments.change",
    answer: json(200, firstRun, "The page can be paid. A merchant who takes real payments is refused.", example),
    refusals: ["test_payments_off", "amount_not_payable"],
  },
  {
    ...merchantRead,
    id: "getTestMail",
    path: "/api/first-run/mails/{id}/{mail}",
    summary: "A mail of a test booking, as it was sent",
    permission: "tenant.change",
    params: mail,
    answer: { status: 200, contentType: "text/html", description: "The mail. Our own pages may show it in a frame." },
  },
] as const satisfies readonly Operation[];
