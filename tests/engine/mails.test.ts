import { beforeEach, expect, test } from "vitest";
import { slotStart } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import { post } from "../support/post.ts";
import { prepareStage } from "../support/stage.ts";
import { confirmed, hurryFollowUps, paidFollowUps, settledAtOnce } from "./stories.ts";

const stage = prepareStage({ keepsPromises: true });
beforeEach(() => mail({ reset: "on" }));

const mail = (knobs: object) => post(`${stage.simulatorsUrl}/mail/panel/knobs`, knobs);

test.each([{ down: "on" }, { failNext: 1000 }])(
  "the mail server refuses (%o): the booking is confirmed all the same; when it is back each mail goes out once",
  async (knobs) => {
    await mail(knobs);
    const clinic = await stage.openClinic();
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    await stage.pay(booking.checkoutUrl, "approve");
    await stage.reaches(booking, { status: "confirmed" });
    await eventually(async () => {
      const { rows } = await stage.owner.query(
        "select job from follow_up where subject_id = $1 and job like 'mail-%' and attempts > 0 and state = 'pending'",
        [booking.id],
      );
      expect(rows).toHaveLength(3);
    });
    expect((await stage.endState(clinic, booking.id)).mails).toEqual([]);
    await mail({ reset: "on" });
    await settledAtOnce(stage, booking.id);
    expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
  },
);

test("a mail server that never comes back leaves attention items; the booking stays confirmed", async () => {
  await mail({ failNext: 1000 });
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.pay(booking.checkoutUrl, "approve");
  await settledAtOnce(stage, booking.id);
  const asked = { "booking.paid mail-customer-paid": "attention", "booking.paid mail-professional-paid": "attention" };
  const followUps = { ...paidFollowUps, ...asked, "booking.paid mail-merchant-paid": "attention" };
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed({ followUps, mails: [] }));
});

test("a mail that was taken but whose answer was lost is sent again under the same Message-ID", async () => {
  const clinic = await stage.openClinic();
  await mail({ acceptThenDrop: 1 });
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.pay(booking.checkoutUrl, "approve");
  await eventually(async () => {
    await hurryFollowUps(stage, booking.id);
    expect((await stage.endState(clinic, booking.id)).followUps).toEqual(paidFollowUps);
  });
  const { mails } = (await (await fetch(`${stage.simulatorsUrl}/mail/state`)).json()) as {
    mails: { to: string[]; messageId: string }[];
  };
  const own = mails.filter((one) => one.to.some((address) => address.endsWith(`@${clinic.link}.example`)));
  expect(own).toHaveLength(4);
  expect(new Set(own.map((one) => one.messageId)).size).toBe(3);
});
