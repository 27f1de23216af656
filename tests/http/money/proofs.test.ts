import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { type RefundCaseListed, refundCaseRow } from "#contracts/desk/money.ts";
import { proofBytesMax, proofFilesMax } from "#contracts/ledger/limits.ts";
import type { Clinic } from "../../support/clinic.ts";
import { tellMoney } from "../../support/desk/money-stories.ts";
import { openMerchant } from "../../support/merchant.ts";
import { prepareStage } from "../../support/stage.ts";
import { type Asked, ask, expectProblem, expectShape } from "../request.ts";

const stage = prepareStage({ worker: false });
let clinic: Clinic;
let owner: Awaited<ReturnType<typeof signedIn>>;
beforeAll(async () => {
  clinic = await stage.openClinic();
  owner = await signedIn("owner", clinic.tenantId);
});

async function signedIn(role: "owner" | "admin" | "staff", tenantId: string) {
  const { cookie } = await openMerchant(stage, { role, tenantId });
  return (path: string, asked: Asked = {}) => ask(stage, `/api/refund-cases/${path}`, { ...asked, headers: { ...asked.headers, cookie } });
}

/** A case that waits for a person. */
async function openCase(method: "manual" | "void" = "manual"): Promise<string> {
  const [told] = await tellMoney({ owner: stage.owner, ...clinic }, [
    { paidAt: new Date().toISOString(), amountMinor: 5_000_000, currency: "COP", hasCheckout: true, turns: [] },
  ]);
  const { rows } = await stage.owner.query(
    `insert into refund_case (tenant_id, charge_id, checkout_id, reason, state, method, amount_minor, currency, due_at)
     values ($1, $2, $3, 'duplicate', 'manual', $4, 5000000, 'COP', now() + interval '3 days') returning id`,
    [clinic.tenantId, told?.chargeId, told?.checkoutId, method],
  );
  return rows[0].id;
}

const pdf = Buffer.from("%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF");
const photo = (width = 40, height = 30) =>
  sharp({ create: { width, height, channels: 3, background: "#0F766E" } })
    .withExif({ IFD0: { Artist: "Ana at home" }, IFD3: { GPSLatitude: "4/1 38/1 0/1" } })
    .jpeg();
const send = (id: string, type: string, bytes: Uint8Array, { by = owner, name = "recibo.pdf" } = {}) =>
  by(`${id}/proofs?name=${encodeURIComponent(name)}`, { method: "POST", body: new Uint8Array(bytes), headers: { "content-type": type } });
const kept = async (answer: ReturnType<typeof send>): Promise<RefundCaseListed["proofFiles"]> =>
  expectShape(refundCaseRow, (await answer).body).proofFiles;

test("a PDF is kept as it is, once, and is saved rather than shown", async () => {
  const id = await openCase();
  const name = "transferencia 8841 ñ.exe";
  const [file, ...others] = await kept(send(id, "application/pdf", pdf, { name }));
  expect(file).toMatchObject({ name: "transferencia 8841 ñ.pdf", type: "application/pdf", bytes: pdf.byteLength });
  expect(others).toEqual([]);
  expect(await kept(send(id, "application/pdf", pdf, { name }))).toEqual([file]);
  const answer = await owner(`${id}/proofs/${file?.id}`);
  expect(answer.text).toBe(pdf.toString());
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "application/pdf",
    "content-disposition": `attachment; filename="transferencia 8841 _.pdf"; filename*=UTF-8''transferencia%208841%20%C3%B1.pdf`,
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
  });
  expect(answer.headers.get("content-security-policy")).toMatch(/^default-src 'none'/);
});

test("a photo is drawn anew as JPEG: small print stays readable, and where it was taken is gone", async () => {
  const id = await openCase();
  const [file] = await kept(send(id, "image/jpeg", await photo(3200, 1600).toBuffer(), { name: "IMG_0001.HEIC" }));
  expect(file).toMatchObject({ name: "IMG_0001.jpg", type: "image/jpeg" });
  const { rows } = await stage.owner.query("select content from refund_proof where id = $1", [file?.id]);
  const drawn = await sharp(rows[0].content).metadata();
  expect(drawn).toMatchObject({ format: "jpeg", width: 2400, height: 1200 });
  expect(drawn.exif).toBeUndefined();
});

test("the same receipt sent twice at once is kept once, with one entry in the log", async () => {
  const id = await openCase();
  const bytes = await photo().toBuffer();
  const answers = await Promise.all([send(id, "image/jpeg", bytes), send(id, "image/jpeg", bytes)]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  const count = "select count(*)::int as n from event where kind = 'refund_case.proof_added' and details ->> 'refundCaseId' = $1";
  expect((await stage.owner.query(count, [id])).rows).toEqual([{ n: 1 }]);
});

test("the proof in words ends the case, and a receipt may follow", async () => {
  const id = await openCase();
  expect((await owner(`${id}/proof`, { method: "PUT", json: { proof: "Transferencia 8841" } })).status).toBe(200);
  const answer = expectShape(refundCaseRow, (await send(id, "application/pdf", pdf)).body);
  expect(answer).toMatchObject({ state: "done", proof: "Transferencia 8841", proofFiles: [{ name: "recibo.pdf" }] });
});

describe("refused", () => {
  test("what is not what it says, no picture, too large, or one too many", async () => {
    const id = await openCase();
    for (const [type, bytes] of [
      ["application/pdf", Buffer.from("<script>")],
      ["image/png", await photo().toBuffer()],
      ["text/html", pdf],
      ["image/svg+xml", Buffer.from("<svg/>")],
    ] as const)
      expectProblem(await send(id, type, bytes), "proof_type");
    expectProblem(
      await send(id, "image/jpeg", Buffer.concat([Buffer.from("\xff\xd8\xff", "latin1"), Buffer.alloc(99)])),
      "image_unreadable",
    );
    const full = Buffer.concat([pdf, Buffer.alloc(proofBytesMax - pdf.byteLength)]);
    expect((await send(id, "application/pdf", full)).status).toBe(200);
    expectProblem(await send(id, "application/pdf", Buffer.concat([full, Buffer.alloc(1)])), "body_too_large");
    for (let n = 1; n < proofFilesMax; n += 1) await send(id, "application/pdf", Buffer.concat([pdf, Buffer.from(`${n}`)]));
    expectProblem(await send(id, "application/pdf", Buffer.concat([pdf, Buffer.from("one more")])), "limit_reached");
  });

  test("for a case that no person sends, that was withdrawn, or that is another merchant's", async () => {
    const byProvider = await openCase("void");
    expectProblem(await send(byProvider, "application/pdf", pdf), "refund_case_not_manual");
    const withdrawn = await openCase();
    await stage.owner.query("update refund_case set state = 'done', withdrawn_at = now() where id = $1", [withdrawn]);
    expectProblem(await send(withdrawn, "application/pdf", pdf), "refund_case_not_manual");
    const id = await openCase();
    const [file] = await kept(send(id, "application/pdf", pdf));
    const stranger = await signedIn("owner", (await stage.openClinic()).tenantId);
    expectProblem(await send(id, "application/pdf", pdf, { by: stranger }), "refund_case_unknown");
    expectProblem(await stranger(`${id}/proofs/${file?.id}`), "proof_unknown");
    // A file is found only by its own case.
    expectProblem(await owner(`${withdrawn}/proofs/${file?.id}`), "proof_unknown");
  });

  test("to staff, to read and to send", async () => {
    const id = await openCase();
    const [file] = await kept(send(id, "application/pdf", pdf));
    const staff = await signedIn("staff", clinic.tenantId);
    expectProblem(await send(id, "application/pdf", pdf, { by: staff }), "forbidden");
    expectProblem(await staff(`${id}/proofs/${file?.id}`), "forbidden");
  });

  test("by the database itself: no role of the product changes or erases one", async () => {
    const { rows } = await stage.owner.query(
      `select role, kind from unnest(array['konfirmado_app', 'konfirmado_system']) role, unnest(array['update', 'delete', 'truncate']) kind
       where has_table_privilege(role, 'refund_proof', kind)`,
    );
    expect(rows).toEqual([]);
  });
});
