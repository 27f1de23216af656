import { expect, test } from "vitest";
import { deskBooking } from "#contracts/desk/booking.ts";
import type { Clinic } from "../../support/clinic.ts";
import { eventually } from "../../support/end-state.ts";
import { prepareStage } from "../../support/stage.ts";
import { bookAndPay, bookingOf, deskOf } from "../desk/desk.ts";
import { expectProblem, expectShape } from "../request.ts";

const stage = prepareStage({ keepsPromises: true });

/** The money went back in the provider's panel, and nobody has said yet whether the booking stands. */
async function reversed(clinic: Clinic, n: number): Promise<string> {
  const { id } = await bookAndPay(stage, clinic, n);
  const { rows } = await stage.owner.query(
    "select c.provider_charge_id as charge from charge c join payment p on p.id = c.payment_id where p.checkout_id = $1",
    [id],
  );
  await stage.payer.decide(rows[0].charge, "voided");
  await eventually(async () => {
    const { rows: asked } = await stage.owner.query("select reversal_answer from checkout where id = $1", [id]);
    expect(asked).toEqual([{ reversal_answer: "open" }]);
  });
  return id;
}

test("the merchant says that the booking stands, once, and it says who said it", async () => {
  const clinic = await stage.openClinic();
  const owner = await deskOf(stage, clinic);
  const id = await reversed(clinic, 0);
  const answer = (word: string, by = owner) => by(`${id}/reversal`, { json: { answer: word } });
  expect(await bookingOf(owner, id)).toMatchObject({ reversalAnswer: "open", may: { answerReversal: true } });
  expectProblem(await answer("keep", await deskOf(stage, clinic, { role: "staff", professionalId: clinic.professionalId })), "forbidden");
  expectProblem(await answer("perhaps"), "invalid_request");
  const kept = expectShape(deskBooking, (await answer("keep")).body);
  expect(kept).toMatchObject({ status: "confirmed", reversalAnswer: "keep", may: { answerReversal: false } });
  expect((await answer("keep")).status).toBe(200);
  expectProblem(await answer("cancel"), "changed_meanwhile");
  const { rows } = await stage.owner.query("select actor, origin from event where subject_id = $1 and kind = 'payment.reversal_answered'", [
    id,
  ]);
  expect(rows).toEqual([{ actor: expect.stringMatching(/^member:/), origin: expect.objectContaining({ browser: expect.anything() }) }]);
});

test("of two who answer at once one decides, and the other is told", async () => {
  const clinic = await stage.openClinic();
  const owner = await deskOf(stage, clinic);
  const id = await reversed(clinic, 0);
  const answers = await Promise.all(["keep", "cancel"].map((word) => owner(`${id}/reversal`, { json: { answer: word } })));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  const won = answers[0]?.status === 200 ? "keep" : "cancel";
  expect(await bookingOf(owner, id)).toMatchObject({ reversalAnswer: won, status: won === "keep" ? "confirmed" : "cancelled" });
});

test("cancelled by the merchant: the time is free, and no money is sent back a second time", async () => {
  const clinic = await stage.openClinic();
  const owner = await deskOf(stage, clinic);
  const id = await reversed(clinic, 0);
  expect((await owner(`${id}/reversal`, { json: { answer: "cancel" } })).body).toMatchObject({ status: "cancelled", refundCases: [] });
  const { rows } = await stage.owner.query("select state from slot_claim where checkout_id = $1", [id]);
  expect(rows).toEqual([{ state: "released" }]);
});

test("a booking that nobody asks about has no such question, and another merchant's is unknown", async () => {
  const clinic = await stage.openClinic();
  const { id } = await bookAndPay(stage, clinic, 0);
  expectProblem(await (await deskOf(stage, clinic))(`${id}/reversal`, { json: { answer: "keep" } }), "changed_meanwhile");
  expectProblem(await (await deskOf(stage, await stage.openClinic()))(`${id}/reversal`, { json: { answer: "keep" } }), "checkout_unknown");
});
