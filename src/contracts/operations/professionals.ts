import { z } from "zod";
import { newProfessional } from "../catalog.ts";
import { newOpeningException, openingExceptions } from "../openings.ts";
import { hoursUpdate, professional, professionalOrder, professionals, professionalUpdate } from "../professionals.ts";
import { described, json, merchantChange, merchantRead, type Operation } from "./operation.ts";
import {
  dayOffExample,
  extraDayExample,
  newProfessionalExample,
  openingExceptionsExample,
  professionalExample,
  professionalsExample,
} from "./professional-examples.ts";

const read = { ...merchantRead, permission: "professionals.read" } as const;
const change = { ...merchantChange, permission: "professionals.change" } as const;

const ofProfessional = described(z.object({ id: z.uuid() }), { id: "The professional's id." }, "professional_unknown");
const archivedQuery = described(z.object({ archived: z.enum(["true", "false"]).default("false") }), {
  archived: "`true`: the archived ones instead. Default: `false`.",
});
const allOfThem = json(200, professionals, "All of them, with the tenant's zone.", professionalsExample);
const asItIs = (description: string) => json(200, professional, description, professionalExample);
const { timezone } = professionalsExample;
const { serviceIds } = professionalExample;
const weekExample = { hours: professionalExample.hours };

/** Who gives the services, and when. */
export const professionalOperations = [
  {
    ...read,
    id: "listProfessionals",
    path: "/api/professionals",
    summary: "The professionals, in the order in which customers see them",
    query: archivedQuery,
    answer: allOfThem,
  },
  {
    ...change,
    id: "createProfessional",
    methods: ["post"],
    path: "/api/professionals",
    summary: "Add a professional",
    takesKey: "beside_proof",
    body: newProfessional,
    bodyExamples: { professional: newProfessionalExample },
    answer: json(201, professional, "Comes last unless a position is given.", professionalExample),
    refusals: ["id_taken", "service_unknown", "limit_reached"],
  },
  {
    ...read,
    id: "getProfessional",
    path: "/api/professionals/{id}",
    summary: "One professional, also an archived one",
    params: ofProfessional,
    answer: asItIs("The professional."),
  },
  {
    ...change,
    id: "updateProfessional",
    methods: ["patch"],
    path: "/api/professionals/{id}",
    summary: "Change what is given; the rest stays",
    params: ofProfessional,
    body: professionalUpdate,
    bodyExamples: { services: { serviceIds, version: 2 }, zone: { timezone } },
    answer: asItIs("As it is now. With `version`, only what the caller has seen is changed."),
    refusals: ["service_unknown", "changed_meanwhile"],
  },
  {
    ...change,
    id: "archiveProfessional",
    methods: ["delete"],
    path: "/api/professionals/{id}",
    summary: "Archive: no longer offered; bookings stay",
    params: ofProfessional,
    answer: { status: 204, description: "Archived. It can be restored." },
  },
  {
    ...change,
    id: "restoreProfessional",
    methods: ["post"],
    path: "/api/professionals/{id}/restore",
    summary: "Take the archiving back",
    params: ofProfessional,
    answer: asItIs("Offered again."),
    refusals: ["limit_reached"],
  },
  {
    ...change,
    id: "orderProfessionals",
    methods: ["put"],
    path: "/api/professionals/order",
    summary: "Set the order in which customers see them",
    body: professionalOrder,
    bodyExamples: { order: { ids: [professionalExample.id] } },
    answer: { ...allOfThem, description: "In the new order. Those who were not named follow." },
    refusals: ["professional_unknown"],
  },
  {
    ...change,
    id: "setProfessionalHours",
    methods: ["put"],
    path: "/api/professionals/{id}/hours",
    summary: "Replace the weekly hours",
    params: ofProfessional,
    body: hoursUpdate,
    bodyExamples: { hours: weekExample },
    answer: asItIs("Wall-clock times in the professional's zone. Bookings stay as they are."),
    refusals: ["changed_meanwhile"],
  },
  {
    ...read,
    id: "listOpeningExceptions",
    path: "/api/professionals/{id}/exceptions",
    summary: "Days off, extra days and absences, with the bookings in the way",
    params: ofProfessional,
    answer: json(200, openingExceptions, "From yesterday on, in the professional's zone.", openingExceptionsExample),
  },
  {
    ...change,
    id: "addOpeningException",
    methods: ["post"],
    path: "/api/professionals/{id}/exceptions",
    summary: "Add a day off, an absence or a single extra day",
    takesKey: "beside_proof",
    params: ofProfessional,
    body: newOpeningException,
    bodyExamples: { absence: dayOffExample, extraDay: extraDayExample },
    answer: json(201, openingExceptions, "All, the new one among them. Nothing is cancelled.", openingExceptionsExample),
    refusals: ["id_taken", "limit_reached"],
  },
  {
    ...change,
    id: "removeOpeningException",
    methods: ["delete"],
    path: "/api/professionals/{id}/exceptions/{exception}",
    summary: "Remove it: the week holds again on its dates",
    params: described(
      z.object({ id: z.uuid(), exception: z.uuid() }),
      { id: "The professional's id.", exception: "The exception's id." },
      "exception_unknown",
    ),
    answer: { status: 204, description: "Removed." },
  },
] as const satisfies readonly Operation[];
