import { expect, test } from "vitest";
import type { Place } from "#tests/races/contest.ts";
import { connectEverywhere, ends, rivals } from "#tests/races/rush.ts";
import type { SeenCallback, SeenMail } from "#tests/support/outside-effects.ts";
import { testedProviders } from "#tests/support/payers/tested-provider.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { settledAtOnce } from "../stories.ts";

const stage = prepareStage({ keepsPromises: true });

test("of 5 who pay for one slot the outside hears of one: one confirmation, one room, one booking.paid; 4 are told why their money goes back", async () => {
  const clinic = await stage.openClinic({ policy: "first_payer_wins" });
  const place = { world: stage, clinic };
  const pages = await rivals(place, { count: 5, providers: await connectEverywhere(stage, clinic), serviceId: clinic.onlineServiceId });
  await Promise.all(
    pages.map(({ provider, checkoutUrl }) => testedProviders[provider]?.payer(stage.simulatorsUrl).pay(checkoutUrl, "approve")),
  );
  await Promise.all(pages.map(({ id }) => settledAtOnce(stage, id)));
  expect(await ends(place)).toEqual({ confirmed: 1, cancelled: 4 });
  await outsideKnowsOne(place, 4);
});

async function outsideKnowsOne({ clinic }: Place, losers: number): Promise<void> {
  const { rows: paid } = await stage.owner.query<{ email: string }>(
    "select customer_email as email from checkout where tenant_id = $1 and status = 'confirmed'",
    [clinic.tenantId],
  );
  const mails = (await read<{ mails: SeenMail[] }>("mail/state")).mails.filter(({ to }) => JSON.stringify(to).includes(clinic.link));
  const sentTo = (address: string) => mails.filter(({ to }) => to.includes(address)).length;
  expect(
    paid.map(({ email }) => sentTo(email)),
    "one confirmation",
  ).toEqual([1]);
  expect(sentTo(`professional@${clinic.link}.example`)).toBe(1);
  expect(mails.filter(({ subject }) => subject.startsWith("Este horario ya fue tomado"))).toHaveLength(losers);
  expect((await read<{ rooms: object[] }>("daily/state")).rooms, "one room").toHaveLength(1);
  const { callbacks } = await read<{ callbacks: SeenCallback[] }>(`merchant/state/${clinic.callback.id}`);
  const bodies = callbacks.map(({ body }) => JSON.parse(body) as { evento: string; reembolso?: { motivo: string; compra: string } });
  expect(bodies.filter(({ evento }) => evento === "booking.paid")).toHaveLength(1);
  const opened = bodies.filter(({ evento }) => evento === "refund_case.opened");
  expect(opened).toHaveLength(losers);
  for (const { reembolso } of opened) expect(reembolso).toMatchObject({ motivo: "capacity_gone", compra: "cancelada" });
}

async function read<T>(path: string): Promise<T> {
  return (await (await fetch(`${stage.simulatorsUrl}/${path}`)).json()) as T;
}
