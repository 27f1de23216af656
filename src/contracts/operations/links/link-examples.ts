import type { BookingLink, LinkImportAnswer } from "#contracts/links/links.ts";

/** True of the demo (db/demo.ts). */
export const linkExample: BookingLink = {
  id: "01900000-0000-7000-8000-000000000002",
  publicId: "demo",
  address: "https://citas.example.com/book/demo",
  name: "Enlace de la página web",
  serviceId: null,
  professionalId: null,
  expiresAt: null,
  isActive: true,
  state: "live",
  version: 1,
  createdAt: "2026-11-20T13:00:00.000Z",
  figures: { opens: 40, paid: 9 },
};

export const linkDetailsExample = {
  ...linkExample,
  sources: [
    { source: "", opens: 28, paid: 5 },
    { source: "instagram", opens: 12, paid: 4 },
  ],
};

export const linkImportExample: LinkImportAnswer = {
  rows: [{ line: 2, name: "Instagram", publicId: null, service: "Teleconsulta de psicología", professional: null, expiresAt: null }],
  problems: [],
  created: [],
};

const token = "eyJhbGciOiJIUzI1NiJ9.eyJsaW5rSWQiOiIwMTkwMDAwMC0wMDAw.c2lnbmF0dXJl";
export const signedLinkExample = {
  token,
  address: `https://citas.example.com/book/${token}`,
  expiresAt: "2026-11-22T15:00:00.000Z",
};
