import { z } from "zod";
import { calendarInvitation, calendarInvitationAnswer, invitationRequest, ownCorrections, ownDetails } from "../professionals.ts";
import { described, json, merchantChange, type Operation } from "./operation.ts";
import { calendarInvitationExample, ownDetailsExample } from "./professional-examples.ts";

const change = { ...merchantChange, permission: "professionals.change" } as const;
const ofProfessional = described(z.object({ id: z.uuid() }), { id: "The professional's id." }, "professional_unknown");
const ofToken = described(z.object({ token: z.string() }), { token: "What follows `/connect-calendar/` in the link." });
const own = { tag: "merchant", callers: ["anyone"], params: ofToken, isPrivate: true } as const;
const linkRefusals = ["calendar_invitation_unknown", "calendar_invitation_over"] as const;

/** The link for a professional, and what they do behind it. */
export const calendarInvitationOperations = [
  {
    ...change,
    id: "inviteProfessional",
    methods: ["post"],
    path: "/api/professionals/{id}/invite",
    summary: "Make the link at which the professional checks their details and connects a calendar",
    takesKey: "beside_proof",
    params: ofProfessional,
    body: invitationRequest,
    bodyExamples: { link: {}, mail: { mail: true } },
    answer: json(201, calendarInvitation, "Works for 7 days. The link before it no longer works.", calendarInvitationExample),
    refusals: ["email_missing"],
  },
  {
    ...change,
    id: "getInvitation",
    methods: ["get"],
    path: "/api/professionals/{id}/invitation",
    summary: "The professional's link, to copy it again",
    params: ofProfessional,
    answer: json(200, calendarInvitationAnswer, "Null if there is none.", { invitation: calendarInvitationExample }),
  },
  {
    ...change,
    id: "mailInvitation",
    methods: ["post"],
    path: "/api/professionals/{id}/invitation/mail",
    summary: "Mail the link to the professional",
    params: ofProfessional,
    answer: json(200, calendarInvitationAnswer, "The mail is on its way.", { invitation: calendarInvitationExample }),
    refusals: ["calendar_invitation_over", "email_missing"],
  },
  {
    ...change,
    id: "revokeInvitation",
    methods: ["delete"],
    path: "/api/professionals/{id}/invitation",
    summary: "Withdraw the link",
    params: ofProfessional,
    answer: { status: 204, description: "It no longer works." },
    refusals: ["calendar_invitation_over"],
  },
  {
    ...own,
    id: "getOwnDetails",
    methods: ["get"],
    path: "/api/calendar-invitations/{token}",
    summary: "What a professional sees behind their link",
    limit: "reads",
    answer: json(200, ownDetails, "Name, photo, zone and weekly hours.", ownDetailsExample),
    refusals: linkRefusals,
  },
  {
    ...own,
    id: "correctOwnDetails",
    methods: ["patch"],
    path: "/api/calendar-invitations/{token}",
    summary: "Correct them, or say that all is right",
    limit: "changes",
    isSameSite: true,
    body: ownCorrections,
    bodyExamples: { confirm: { version: 2 }, zone: { version: 2, timezone: "America/Lima" } },
    answer: json(200, ownDetails, "As they are now.", ownDetailsExample),
    refusals: [...linkRefusals, "changed_meanwhile"],
  },
] as const satisfies readonly Operation[];
