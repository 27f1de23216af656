import { execFile } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Clinic } from "../../support/clinic.ts";
import { slotStart } from "../../support/customer.ts";
import { testedProvider } from "../../support/payers/tested-provider.ts";
import { prepareStage } from "../../support/stage.ts";
import { withPanelAndLookup } from "../capabilities/playable.ts";
import { settledAtOnce } from "../stories.ts";
import { breakIt } from "./break-it.ts";

const stage = prepareStage();
const root = join(import.meta.dirname, "..", "..", "..");

/** What `npm run doctor` runs, as a process of its own on this world's database. */
function runDoctor(...wishes: string[]): Promise<{ code: number; words: string }> {
  const node = join(root, "node_modules", "node", "bin", "node");
  return new Promise((resolve) => {
    execFile(node, ["scripts/tool.mjs", "src/doctor.ts", ...wishes], { cwd: root, env: process.env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, words: stdout + stderr });
    });
  });
}

async function confirmed(clinic: Clinic) {
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.pay(booking.checkoutUrl, "approve");
  await stage.reaches(booking, { status: "confirmed" });
  await settledAtOnce(stage, booking.id);
  return booking;
}

const promises = ["slot", "money", "hold", "silence", "callback"];

test("the doctor's process ends with 0 and five kept promises, then with 1 and the name of what is broken", async () => {
  const clinic = await stage.openClinic();
  const booking = await confirmed(clinic);
  const healthy = await runDoctor();
  expect(healthy.code, healthy.words).toBe(0);
  for (const promise of promises) expect(healthy.words).toMatch(new RegExp(`^kept\\s+${promise}$`, "m"));
  expect(healthy.words).not.toContain("BROKEN");

  await breakIt(stage, "update slot_claim set state = 'released' where checkout_id = :booking", booking.id);
  const ill = await runDoctor();
  expect(ill.code, ill.words).toBe(1);
  expect(ill.words).toMatch(/^BROKEN slot$/m);
  for (const promise of promises.slice(1)) expect(ill.words).toMatch(new RegExp(`^kept\\s+${promise}$`, "m"));
  expect(ill.words).toContain(`a paid booking has no booked claim, or more than one: ${booking.id} (tenant ${clinic.tenantId})`);
  await breakIt(stage, "update slot_claim set state = 'booked' where checkout_id = :booking", booking.id);
  expect((await runDoctor()).code).toBe(0);
});

withPanelAndLookup.story(
  "asked to compare, it ends with 0 while both sides agree, 2 without an answer, and 1 when the provider says something else",
  async () => {
    const clinic = await stage.openClinic();
    const booking = await confirmed(clinic);
    expect((await runDoctor("--ask")).code).toBe(0);
    await stage.payer.behave(clinic.account, { fails: { status: 503, times: 1000 } });
    const silent = await runDoctor("--ask");
    expect(silent.code, silent.words).toBe(2);
    await stage.payer.calm(clinic.account);
    await stage.stopWorker();
    const [charge] = await stage.payer.charges(clinic.account);
    await stage.payer.decide(charge?.id, "voided", { tells: "never" });
    const differing = await runDoctor("--ask");
    expect(differing.code, differing.words).toBe(1);
    expect(differing.words).toContain(
      `${booking.reference} (tenant ${clinic.tenantId}): charge ${charge?.id} is ${testedProvider.panelSendsBackAs} there, approved here`,
    );
    await stage.startWorker();
  },
);
