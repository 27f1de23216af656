import { afterEach, expect, test, vi } from "vitest";
import { expireCheckout } from "#commands/checkouts/expire-checkout.ts";
import { logger } from "#platform/logger.ts";
import { slotStart } from "../support/customer.ts";
import { prepareStage } from "../support/stage.ts";

const stage = prepareStage({ keepsPromises: true });
afterEach(() => stage.owner.query("drop function if exists deadlock_once cascade; drop sequence if exists deadlocks"));

/** The first insert of this event fails as the loser of a deadlock does. */
const loseOneDeadlock = (kind: string) =>
  stage.owner.query(`
    create sequence deadlocks;
    create function deadlock_once() returns trigger language plpgsql security definer as $$
    begin
      if nextval('deadlocks') = 1 then raise exception 'deadlock' using errcode = '40P01'; end if;
      return new;
    end $$;
    create trigger deadlock_once after insert on event for each row when (new.kind = '${kind}') execute function deadlock_once()`);

test("what is given up without an answer is said once, also if its transaction had to be retried", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.stopWorker();
  await stage.timePasses(booking.id, 41);
  await loseOneDeadlock("booking.expired");
  const warned = vi.spyOn(logger(), "warn");
  expect(await expireCheckout({ tenantId: clinic.tenantId, checkoutId: booking.id })).toBe(true);
  const given = { tenantId: clinic.tenantId, checkoutId: booking.id };
  expect(warned.mock.calls).toEqual([[given, "a checkout was given up without the provider's answer"]]);
  warned.mockRestore();
  expect((await stage.owner.query("select last_value::int as tries from deadlocks")).rows).toEqual([{ tries: 2 }]);
  await stage.startWorker();
});
