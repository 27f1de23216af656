import { z } from "zod";
import {
  bookingLink,
  bookingLinkDetails,
  bookingLinks,
  linkChange,
  linkCreation,
  linkImport,
  linkImportAnswer,
  linkSigning,
  linksQuery,
  qrQuery,
  signedLink,
} from "#contracts/links/links.ts";
import { described, json, merchantChange, merchantRead, type Operation } from "../operation.ts";
import { linkDetailsExample, linkExample, linkImportExample, signedLinkExample } from "./link-examples.ts";

const params = described(z.object({ id: z.uuid() }), { id: "The link's id." }, "link_unknown");
const size = described(qrQuery, { size: "Width and height in pixels. Default: 1024." });
const read = { ...merchantRead, permission: "links.read" } as const;
const change = { ...merchantChange, permission: "links.change" } as const;
const offerRefusals = ["service_unknown", "professional_unknown"] as const;

/** What a merchant shares: addresses that lead to their booking page. */
export const linkOperations = [
  {
    ...read,
    id: "listBookingLinks",
    path: "/api/booking-links",
    summary: "Booking links, newest first, with how often each was opened and paid",
    query: described(linksQuery, {
      state: "`current`, or `archived`.",
      search: "Part of the name or of the public id.",
      cursor: "From `nextCursor` of the page before.",
      limit: "At most 100. Default: 50.",
    }),
    answer: json(200, bookingLinks, "A page of links.", { links: [linkExample], nextCursor: null }),
  },
  {
    ...change,
    id: "createBookingLink",
    methods: ["post"],
    path: "/api/booking-links",
    summary: "Make a booking link",
    takesKey: "beside_proof",
    body: linkCreation,
    bodyExamples: { instagram: { name: "Instagram", serviceId: linkExample.serviceId } },
    answer: json(201, bookingLink, "The link. Without a `publicId` it gets a random one, which never changes.", linkExample),
    refusals: [...offerRefusals, "link_taken", "id_taken"],
  },
  {
    ...change,
    id: "importBookingLinks",
    methods: ["post"],
    path: "/api/booking-links/import",
    summary: "Make several booking links from a CSV",
    body: linkImport,
    bodyExamples: { trial: { csv: "name,service\nInstagram,Teleconsulta de psicología\n", isTrial: true } },
    answer: json(
      200,
      linkImportAnswer,
      "What each line means, and everything that is wrong. If anything is, no link is made. Columns may be named in English or Spanish and be separated by commas or semicolons; services and professionals are named by id or by name.",
      linkImportExample,
    ),
  },
  {
    ...read,
    id: "getBookingLink",
    path: "/api/booking-links/{id}",
    summary: "One booking link, with its sources",
    params,
    answer: json(200, bookingLinkDetails, "The link.", linkDetailsExample),
  },
  {
    ...change,
    id: "updateBookingLink",
    methods: ["patch"],
    path: "/api/booking-links/{id}",
    summary: "Change a booking link",
    params,
    body: linkChange,
    bodyExamples: { rename: { version: 1, name: "Instagram de la clínica" } },
    answer: json(200, bookingLink, "The link as it is now.", linkExample),
    refusals: [...offerRefusals, "changed_meanwhile"],
  },
  {
    ...change,
    id: "deactivateBookingLink",
    methods: ["delete"],
    path: "/api/booking-links/{id}",
    summary: "Deactivate a booking link. Its bookings stay, and PATCH with isActive undoes it",
    params,
    answer: json(200, bookingLink, "The link, no longer active.", { ...linkExample, isActive: false, state: "inactive" }),
  },
  {
    ...change,
    id: "archiveBookingLink",
    methods: ["post"],
    path: "/api/booking-links/{id}/archive",
    summary: "Put a booking link away. Nobody else ever gets its public id",
    params,
    answer: json(200, bookingLink, "The link, out of the list.", { ...linkExample, state: "archived" }),
  },
  {
    ...change,
    id: "restoreBookingLink",
    methods: ["post"],
    path: "/api/booking-links/{id}/restore",
    summary: "Take a booking link out of the archive",
    params,
    answer: json(200, bookingLink, "The link, as it was.", linkExample),
  },
  {
    ...read,
    id: "getBookingLinkQrSvg",
    path: "/api/booking-links/{id}/qr.svg",
    summary: "The link's address as a QR code, to print at any size",
    params,
    answer: { status: 200, contentType: "image/svg+xml", description: "The picture." },
  },
  {
    ...read,
    id: "getBookingLinkQrPng",
    path: "/api/booking-links/{id}/qr.png",
    summary: "The link's address as a QR code, for a message or a document",
    params,
    query: size,
    answer: { status: 200, contentType: "image/png", description: "The picture." },
  },
  {
    ...change,
    id: "signBookingLink",
    methods: ["post"],
    path: "/api/booking-links/{id}/signed",
    summary: "Sign a link for one customer",
    params,
    body: linkSigning,
    bodyExamples: { customer: { hours: 48, name: "Ana María Pérez", email: "ana@example.com", note: "Precio acordado: $95.000" } },
    answer: json(
      200,
      signedLink,
      "The token serves wherever a link's public id does, until it expires or the link is no longer live. Whoever has the address can read what it carries.",
      signedLinkExample,
    ),
    refusals: [...offerRefusals, "link_inactive"],
  },
] as const satisfies readonly Operation[];
