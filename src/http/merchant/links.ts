import { archiveLink } from "#commands/links/archive-link.ts";
import { createLink } from "#commands/links/create-link.ts";
import { importLinks } from "#commands/links/import-links.ts";
import { restoreLink } from "#commands/links/restore-link.ts";
import { signLinkFor } from "#commands/links/sign-link.ts";
import { updateLink } from "#commands/links/update-link.ts";
import type { linkOperations } from "#contracts/operations/links/links.ts";
import { qrPng, qrSvg } from "#queries/links/link-qr.ts";
import { listLinks, loadLink, loadLinkDetails, loadLinks } from "#queries/links/links.ts";
import { linkAddress } from "#queries/site-address.ts";
import type { HandlersOf } from "../route.ts";
import { madeOnce } from "./made-once.ts";

/** A merchant's booking links. */
export const linkHandlers: HandlersOf<typeof linkOperations> = {
  listBookingLinks: ({ caller, input }) => listLinks(caller.tenantId, input.query),

  async createBookingLink({ caller, input: { body }, key }) {
    const { tenantId } = caller;
    const make = async () => {
      const { id } = await createLink({ caller, input: { ...body, tenantId } });
      return loadLink(tenantId, id);
    };
    return madeOnce({ caller, makes: "link", key, request: body }, make);
  },

  async importBookingLinks({ caller, input: { body } }) {
    const { rows, problems, createdIds } = await importLinks({ caller, input: { ...body, tenantId: caller.tenantId } });
    return {
      rows: rows.map(({ line, name, publicId, service, professional, expiresAt }) => ({
        line,
        name,
        publicId,
        service: service?.name ?? null,
        professional: professional?.name ?? null,
        expiresAt,
      })),
      problems,
      created: await loadLinks(caller.tenantId, createdIds),
    };
  },

  getBookingLink: ({ caller, input }) => loadLinkDetails(caller.tenantId, input.params.id),

  async updateBookingLink({ caller, input: { params, body } }) {
    const { version, ...changes } = body;
    await updateLink({ caller, input: { tenantId: caller.tenantId, linkId: params.id, changes, seenVersion: version } });
    return loadLink(caller.tenantId, params.id);
  },

  async deactivateBookingLink({ caller, input: { params } }) {
    await updateLink({ caller, input: { tenantId: caller.tenantId, linkId: params.id, changes: { isActive: false } } });
    return loadLink(caller.tenantId, params.id);
  },

  async archiveBookingLink({ caller, input: { params } }) {
    await archiveLink({ caller, input: { tenantId: caller.tenantId, linkId: params.id } });
    return loadLink(caller.tenantId, params.id);
  },

  async restoreBookingLink({ caller, input: { params } }) {
    await restoreLink({ caller, input: { tenantId: caller.tenantId, linkId: params.id } });
    return loadLink(caller.tenantId, params.id);
  },

  async getBookingLinkQrSvg({ caller, input: { params }, c }) {
    const { address } = await loadLink(caller.tenantId, params.id);
    return c.body(qrSvg(address), 200, { "content-type": "image/svg+xml" });
  },

  async getBookingLinkQrPng({ caller, input: { params, query }, c }) {
    const { address } = await loadLink(caller.tenantId, params.id);
    return c.body(await qrPng(address, query.size), 200, { "content-type": "image/png" });
  },

  async signBookingLink({ caller, input: { params, body } }) {
    const { token, expiresAt } = await signLinkFor({ caller, input: { tenantId: caller.tenantId, linkId: params.id, wish: body } });
    return { token, address: linkAddress(token), expiresAt: expiresAt.toISOString() };
  },
};
