import { expect, test } from "vitest";
import { demo } from "#db/demo.ts";
import { seedDemo } from "#db/seed.ts";
import { examine } from "#queries/doctor.ts";
import { liveOnce } from "#scripts/launch/demo-life.ts";
import { readSettings } from "#scripts/plain/settings.mjs";
import { demoWompiMerchant } from "#simulators/demo-config.ts";
import { post } from "../../support/post.ts";
import { prepareStage } from "../../support/stage.ts";

const stage = prepareStage();

test("the demo's first customers leave bookings in every state, once, and break no promise", async () => {
  await seedDemo({ simulatorsUrl: stage.simulatorsUrl, ownerPassword: "a password of the test" });
  await post(`${stage.simulatorsUrl}/wompi/panel/merchants`, { ...demoWompiMerchant, eventsUrl: `${stage.appUrl}/api/webhooks/wompi` });
  const settings = readSettings({ PORT: new URL(stage.appUrl).port, SIMULATORS_PORT: new URL(stage.simulatorsUrl).port });
  const place = { databaseUrl: stage.databaseUrl, settings };
  expect(await liveOnce(place)).toBe("");
  const count = async (where: string) =>
    (await stage.owner.query(`select count(*)::int as n from booking b join checkout k on k.id = b.id where ${where}`)).rows[0].n;
  expect(await count("k.status = 'confirmed' and b.starts_at > now()")).toBe(4);
  expect(await count("k.status = 'confirmed' and b.starts_at < now()")).toBe(3);
  expect(await count("k.status = 'pending'")).toBeGreaterThanOrEqual(3);
  await expect
    .poll(async () => (await stage.owner.query("select reason from refund_case")).rows, { timeout: 20_000 })
    .toEqual([{ reason: "mismatch" }]);
  expect((await stage.owner.query("select email, role from member")).rows).toEqual([{ email: demo.owner.email, role: "owner" }]);
  expect(await examine()).toEqual([]);
  const before = await count("true");
  expect(await liveOnce(place)).toBe("");
  expect(await count("true")).toBe(before);
});
