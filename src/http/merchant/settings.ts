import type { Context } from "hono";
import { rotateCallbackSecret } from "#commands/connections/rotate-callback-secret.ts";
import { readImage } from "#commands/images/read-image.ts";
import { storeImage } from "#commands/images/store-image.ts";
import { changeSettings } from "#commands/tenants/change-settings.ts";
import type { settingsOperations } from "#contracts/operations/settings/tenant.ts";
import { Refusal } from "#contracts/problem.ts";
import { hideQuery } from "#contracts/settings/hidden-query.ts";
import { type ImageType, imageBytesMax, imageTypes } from "#contracts/settings/images.ts";
import { loadTenantSettings, subdomainState } from "#queries/merchant/tenant-settings.ts";
import { type HttpEnv, readBytes } from "../requests.ts";
import type { HandlersOf } from "../route.ts";

const year = 365 * 24 * 3600;

/** Settings and pictures. */
export const settingsHandlers: HandlersOf<typeof settingsOperations> = {
  async getTenant({ caller }) {
    const { callbackUrl, ...settings } = await loadTenantSettings(caller.tenantId);
    const mayChange = caller.permissions.includes("tenant.change");
    return { ...settings, callbackUrl: callbackUrl === null || mayChange ? callbackUrl : hideQuery(callbackUrl) };
  },
  updateTenant: ({ caller, input }) => change({ caller, body: input.body }),
  updateBranding: ({ caller, input }) => change({ caller, body: input.body }),
  checkSubdomain: ({ caller, input }) => subdomainState(caller.tenantId, input.query.name),

  async uploadLogo({ caller, c }) {
    const { tenantId } = caller;
    const image = await storeImage({ caller, input: { tenantId, ...(await readPicture(c)) } });
    await changeSettings({ caller, input: { tenantId, changes: { logoUrl: image.url } } });
    return image;
  },
  async deleteLogo({ caller }) {
    await changeSettings({ caller, input: { tenantId: caller.tenantId, changes: { logoUrl: null } } });
    return undefined;
  },
  uploadImage: async ({ caller, c }) => storeImage({ caller, input: { tenantId: caller.tenantId, ...(await readPicture(c)) } }),

  async getImage({ input, c }) {
    const { bytes, type } = await readImage(input.params.name);
    return c.body(new Uint8Array(bytes), 200, { "content-type": type, "cache-control": `public, max-age=${year}, immutable` });
  },

  async rotateCallbackSecret({ caller }) {
    const { hmacSecret, webhookSecret, olderUntil } = await rotateCallbackSecret({ caller, input: { tenantId: caller.tenantId } });
    return { hmacSecret, webhookSecret, olderUntil };
  },
};

type Change = { caller: Parameters<typeof changeSettings>[0]["caller"] & { tenantId: string }; body: object };

async function change({ caller, body }: Change) {
  await changeSettings({ caller, input: { tenantId: caller.tenantId, changes: body } });
  return loadTenantSettings(caller.tenantId);
}

/** Refuses: image_type, body_too_large, body_incomplete, unsupported_media_type. */
async function readPicture(c: Context<HttpEnv>): Promise<{ bytes: Uint8Array; type: ImageType }> {
  const given = (c.req.header("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase();
  const type = imageTypes.find((known) => known === given);
  if (!type) throw new Refusal("image_type");
  return { bytes: await readBytes(c, imageBytesMax), type };
}
