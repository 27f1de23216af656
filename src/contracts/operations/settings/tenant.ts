import { z } from "zod";
import { imageBytesMax, imageTypes } from "#contracts/settings/images.ts";
import {
  brandingChanges,
  callbackSecretsAnswer,
  generalChanges,
  subdomainAnswer,
  tenantSettings,
  uploadedImage,
} from "#contracts/settings/tenant.ts";
import { described, json, merchantChange, merchantRead, type Operation } from "../operation.ts";
import { tenantSettingsExample } from "./examples.ts";

const upload = { types: imageTypes, bytesMax: imageBytesMax } as const;
const imageExample = { url: `/api/images/${"5f".repeat(32)}.webp` };
const changed = json(200, tenantSettings, "All settings as they are now.", { ...tenantSettingsExample, version: 2 });
const updateRefusals = ["changed_meanwhile", "subdomain_taken", "subdomain_reserved"] as const;
const address = "`/api/images/{name}`";

/** What a merchant sets for the whole of it, and its pictures. */
export const settingsOperations = [
  {
    ...merchantRead,
    id: "getTenant",
    path: "/api/tenant",
    summary: "All settings of the merchant",
    permission: "tenant.read",
    answer: json(200, tenantSettings, "`version` goes back with a change.", tenantSettingsExample),
  },
  {
    ...merchantChange,
    id: "updateTenant",
    methods: ["patch"],
    path: "/api/tenant",
    summary: "Change general settings and booking rules",
    permission: "tenant.change",
    body: generalChanges,
    bodyExamples: { rules: { holdMinutes: 10, onDecline: "retry", version: 1 } },
    answer: changed,
    refusals: ["changed_meanwhile"],
  },
  {
    ...merchantChange,
    id: "updateBranding",
    methods: ["patch"],
    path: "/api/tenant/branding",
    summary: "Change name, logo, colours, subdomain, and where callbacks and customers go",
    permission: "tenant.change",
    body: brandingChanges,
    bodyExamples: { colours: { primaryColor: "#0F766E", secondaryColor: "#F59E0B" } },
    answer: changed,
    refusals: updateRefusals,
  },
  {
    ...merchantRead,
    id: "checkSubdomain",
    path: "/api/tenant/subdomain",
    summary: "Whether a subdomain can be had, for a check while typing",
    permission: "tenant.read",
    query: described(z.object({ name: z.string().max(100) }), { name: "What was typed." }),
    answer: json(200, subdomainAnswer, "`own`: the merchant has it already.", {
      name: "aurora",
      state: "own",
      address: "https://aurora.citas.example",
    }),
  },
  {
    ...merchantChange,
    id: "uploadLogo",
    methods: ["post"],
    path: "/api/tenant/logo",
    summary: "Upload a logo, at most 2 MB, as the body itself",
    permission: "tenant.change",
    upload,
    answer: json(200, uploadedImage, "It is the logo from now on. The original is not kept.", imageExample),
    refusals: ["too_many_images", "files_unavailable"],
  },
  {
    ...merchantChange,
    id: "deleteLogo",
    methods: ["delete"],
    path: "/api/tenant/logo",
    summary: "Have no logo",
    permission: "tenant.change",
    answer: { status: 204, description: "The pages show the name alone. Mails that went out keep their picture." },
  },
  {
    ...merchantChange,
    id: "uploadImage",
    methods: ["post"],
    path: "/api/images",
    summary: "Upload a picture of a service, a professional or a preview, at most 2 MB, as the body itself",
    permission: "services.change",
    upload,
    answer: json(200, uploadedImage, "For `imageUrl`, `photoUrl` and `shareImageUrl`.", imageExample),
    refusals: ["too_many_images", "files_unavailable"],
  },
  {
    id: "getImage",
    methods: ["get"],
    tag: "merchant",
    path: "/api/images/{name}",
    summary: "A picture that was uploaded",
    callers: ["anyone"],
    limit: "none",
    params: described(z.object({ name: z.string() }), { name: `As in ${address}, from the answer of an upload.` }),
    answer: { status: 200, contentType: "image/webp", description: "Never another picture at this address: it may be kept for good." },
    refusals: ["not_found", "files_unavailable"],
  },
  {
    ...merchantChange,
    id: "rotateCallbackSecret",
    methods: ["post"],
    path: "/api/tenant/callback-secret",
    summary: "Give callbacks new secrets",
    permission: "tenant.change",
    answer: json(200, callbackSecretsAnswer, "Shown once; a repeat makes others. `firma_hmac` is the new secret's at once.", {
      hmacSecret: "n0Uu5yQm8eXwB1dK3vZr6tLh2cJf7sPa9gEiOq4Wk0",
      webhookSecret: "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
      olderUntil: "2026-11-26T13:00:00.000Z",
    }),
  },
] as const satisfies readonly Operation[];
