import { z } from "zod";
import { acceptance, invitation, invitationPage, member, memberChanges, newInvitation, proofToken } from "#contracts/account.ts";
import { described, json, merchantChange, merchantRead, type Operation } from "../operation.ts";

const read = { ...merchantRead, tag: "account", callers: ["member"], permission: "members.read" } as const;
const change = { ...merchantChange, tag: "account", callers: ["member"], permission: "members.change" } as const;
const memberId = described(z.object({ id: z.uuid() }), { id: "The member's id." }, "member_unknown");
const invitationId = described(z.object({ id: z.uuid() }), { id: "The invitation's id." }, "invitation_unknown");
const token = described(z.object({ token: proofToken }), { token: "From the mail's link." }, "invitation_unknown");
const memberExample = {
  id: "0199c0de-0000-7000-8000-00000000000c",
  name: "Ana Pérez",
  email: "ana@example.com",
  role: "owner" as const,
  professionalId: null,
  seesPhones: false,
  version: 1,
  isYou: true,
};
const invitationExample = {
  id: "0199c0de-0000-7000-8000-00000000000d",
  email: "luis@example.com",
  role: "staff" as const,
  professionalId: null,
  seesPhones: false,
  expiresAt: "2026-11-28T15:10:00.000Z",
  isExpired: false,
};

export const memberOperations = [
  {
    ...read,
    id: "listMembers",
    path: "/api/members",
    summary: "Who works here, and who is invited",
    answer: json(200, z.object({ members: z.array(member), invitations: z.array(invitation) }), "By name.", {
      members: [memberExample],
      invitations: [invitationExample],
    }),
  },
  {
    ...change,
    methods: ["post"],
    id: "inviteMember",
    path: "/api/members/invitations",
    summary: "Invite somebody by mail, for seven days. Another invitation to the same address replaces it",
    limit: "invitations",
    takesKey: "beside_proof",
    body: newInvitation,
    bodyExamples: { reception: { email: "luis@example.com", role: "staff", professionalId: null, seesPhones: false } },
    answer: json(201, invitation, "The mail is on its way.", invitationExample),
    refusals: ["member_already", "professional_unknown"],
  },
  {
    ...change,
    methods: ["delete"],
    id: "withdrawMemberInvitation",
    path: "/api/members/invitations/{id}",
    summary: "Withdraw an invitation: its link no longer works",
    params: invitationId,
    answer: { status: 204, description: "It is withdrawn." },
    refusals: ["invitation_unknown"],
  },
  {
    ...change,
    methods: ["patch"],
    id: "changeMember",
    path: "/api/members/{id}",
    summary: "Change a member's role, whose bookings they see, and whether with phone numbers",
    params: memberId,
    body: memberChanges,
    bodyExamples: { admin: { version: 1, role: "admin" } },
    answer: json(200, member, "As it is now.", memberExample),
    refusals: ["member_unknown", "professional_unknown", "last_owner", "changed_meanwhile"],
  },
  {
    ...change,
    methods: ["delete"],
    id: "removeMember",
    path: "/api/members/{id}",
    summary: "Remove a member. Their account stays theirs",
    params: memberId,
    answer: { status: 204, description: "They see nothing of this merchant any more." },
    refusals: ["member_unknown", "last_owner"],
  },
  {
    tag: "account",
    callers: ["anyone"],
    methods: ["get"],
    limit: "reads",
    isPrivate: true,
    id: "getMemberInvitation",
    path: "/api/invitations/{token}",
    summary: "What an invitation is about",
    params: token,
    answer: json(200, invitationPage, "The invitation.", {
      merchant: "Clínica Aurora",
      email: "luis@example.com",
      role: "staff",
      invitedBy: "Ana Pérez",
      hasAccount: false,
    }),
    refusals: ["invitation_unknown", "proof_spent"],
  },
  {
    tag: "account",
    callers: ["anyone"],
    methods: ["post"],
    limit: "signIns",
    isSameSite: true,
    isPrivate: true,
    id: "acceptMemberInvitation",
    path: "/api/invitations/{token}/accept",
    summary: "Join: whoever has an account signs in first, others choose name and password",
    params: token,
    body: acceptance,
    bodyExamples: { somebodyNew: { name: "Luis Gómez", password: "a long sentence that only I know" }, signedIn: {} },
    answer: json(200, z.object({ tenantId: z.uuid() }), "They belong to the merchant, and are signed in.", {
      tenantId: "0199c0de-0000-7000-8000-00000000000a",
    }),
    refusals: ["invitation_unknown", "proof_spent", "invitation_for_other", "member_already", "unauthorized"],
  },
] as const satisfies readonly Operation[];
