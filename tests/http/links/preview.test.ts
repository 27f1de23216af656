import { NextRequest } from "next/server";
import { beforeAll, expect, test } from "vitest";
import { createLink } from "#commands/links/create-link.ts";
import { signLinkFor } from "#commands/links/sign-link.ts";
import { system as caller } from "#contracts/caller.ts";
import { newLink } from "#contracts/catalog.ts";
import { linkSigning } from "#contracts/links/links.ts";
import { previewAddress } from "#queries/links/preview.ts";
import { proxy } from "../../../src/proxy.ts";
import { prepareStage } from "../../support/stage.ts";
import { ask, expectProblem } from "../request.ts";

const stage = prepareStage({ worker: false });
let preview: string;
let signed: string;
beforeAll(async () => {
  const { tenantId } = await stage.openClinic();
  const { id, publicId } = await createLink({ caller, input: { ...newLink.parse({ name: "Web" }), tenantId } });
  preview = await previewAddress(publicId);
  ({ token: signed } = await signLinkFor({ caller, input: { tenantId, linkId: id, wish: linkSigning.parse({}) } }));
});

const framedBy = async (path: string) => {
  const answer = await proxy(new NextRequest(new URL(path, stage.appUrl)));
  return /frame-ancestors [^;]+/.exec(answer.headers.get("content-security-policy") ?? "")?.[0];
};

test("only our own pages may frame a booking page, and only with a token that was made for it", async () => {
  const token = new URL(preview, stage.appUrl).searchParams.get("preview") ?? "";
  expect(await framedBy(preview)).toBe("frame-ancestors 'self'");
  expect(await framedBy(`/book/demo/select?service=x&preview=${token}`)).toBe("frame-ancestors 'self'");
  const others = [
    "/book/demo/select",
    "/book/demo/select?preview=",
    "/book/demo/select?preview=1",
    `/book/demo/select?preview=${token.slice(0, -1)}`,
    `/book/demo/select?preview=${signed}`,
    `/dashboard?preview=${token}`,
    `/login?preview=${token}`,
  ];
  for (const path of others) expect(await framedBy(path), path).toBe("frame-ancestors 'none'");
});

test("a preview's token opens no link", async () => {
  const token = new URL(preview, stage.appUrl).searchParams.get("preview") ?? "";
  expectProblem(await ask(stage, `/api/booking/${token}/options`), "link_unknown");
  expect((await ask(stage, `/api/booking/${signed}/options`)).status).toBe(200);
});
