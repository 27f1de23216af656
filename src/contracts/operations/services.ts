import { z } from "zod";
import { questionKinds } from "../answers.ts";
import { type Service, service, serviceOrder, servicePage, servicePatch, serviceRequest } from "../services.ts";
import { described, json, merchantChange, merchantRead, type Operation } from "./operation.ts";

const serviceId = "01900000-0000-7000-8000-000000000013";
export const serviceExample: Service = {
  id: serviceId,
  name: "Teleconsulta de psicología",
  description: "Cita por videollamada de 45 minutos. Recibes el enlace de la sala por correo cuando se confirma el pago.",
  imageUrl: "/demo/service-teleconsulta.svg",
  durationMinutes: 45,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  stepMinutes: 15,
  leadMinutes: 60,
  horizonDays: 60,
  priceMinor: 9_500_000,
  currency: "COP",
  chargeType: "total",
  depositPercent: 25,
  depositMinor: null,
  amountDueMinor: 9_500_000,
  capacityPolicy: "hold",
  holdMinutes: null,
  cancellation: null,
  questions: [],
  translations: {},
  locationId: null,
  professionalIds: ["01900000-0000-7000-8000-000000000021", "01900000-0000-7000-8000-000000000023"],
  online: true,
  active: true,
  position: 2,
  archivedAt: null,
  version: 1,
  createdAt: "2026-11-20T15:00:00.000Z",
  updatedAt: "2026-11-20T15:00:00.000Z",
};

const request = {
  name: "Control de fisioterapia",
  description: "Sesión corta para revisar cómo vas con tus ejercicios.",
  durationMinutes: 30,
  priceMinor: 8_000_000,
  chargeType: "partial",
  depositMinor: 2_000_000,
  cancellation: {
    steps: [
      { hoursBefore: 48, percentBack: 100 },
      { hoursBefore: 24, percentBack: 50 },
    ],
    feeMinor: 0,
  },
  questions: [{ kind: "yes_no", label: "¿Es tu primera visita?", isRequired: true }],
  professionalIds: ["01900000-0000-7000-8000-000000000023"],
} as const;

const bookingAnswers = z.object({
  answers: z.array(
    z.object({ questionId: z.uuid(), question: z.string(), kind: z.enum(questionKinds), answer: z.string(), isPersonal: z.boolean() }),
  ),
});

const ofService = described(z.object({ id: z.uuid() }), { id: "The service's id." }, "service_unknown");
const read = { ...merchantRead, permission: "services.read" } as const;
const change = { ...merchantChange, permission: "services.change" } as const;
const pageMax = 200;

/** What a merchant sells by time. */
export const serviceOperations = [
  {
    ...read,
    id: "listServices",
    path: "/api/services",
    summary: "All services, in the customers' order; inactive and archived ones are marked",
    query: described(z.object({ cursor: z.uuid().optional(), limit: z.coerce.number().int().min(1).max(pageMax).optional() }), {
      cursor: "`next` of the answer before.",
      limit: `How many at most. Default: ${pageMax}.`,
    }),
    answer: json(200, servicePage, "Archived ones come last.", { services: [serviceExample], next: null }),
    refusals: ["service_unknown"],
  },
  {
    ...change,
    id: "createService",
    methods: ["post"],
    path: "/api/services",
    summary: "A new service, behind the others",
    takesKey: "beside_proof",
    body: serviceRequest,
    bodyExamples: { deposit: request },
    answer: json(201, service, "Customers see it at once if somebody gives it.", serviceExample),
    refusals: ["id_taken", "professional_unknown", "location_unknown"],
  },
  {
    ...change,
    id: "orderServices",
    methods: ["put"],
    path: "/api/services/order",
    summary: "Put services in order",
    body: serviceOrder,
    bodyExamples: { order: { ids: [serviceId, "01900000-0000-7000-8000-000000000011"] } },
    answer: { status: 204, description: "The named ones stand first, in this order. Versions do not change." },
    refusals: ["service_unknown"],
  },
  {
    ...read,
    id: "getService",
    path: "/api/services/{id}",
    summary: "One service, an archived one too",
    params: ofService,
    answer: json(200, service, "The service.", serviceExample),
  },
  {
    ...change,
    id: "updateService",
    methods: ["patch"],
    path: "/api/services/{id}",
    summary: "Change a service; what is left out stays",
    params: ofService,
    body: servicePatch,
    bodyExamples: { price: { version: 1, priceMinor: 9_900_000 } },
    answer: json(
      200,
      service,
      "The service as it is now. What is held or booked keeps the price and the terms of its moment.",
      serviceExample,
    ),
    refusals: ["professional_unknown", "location_unknown", "changed_meanwhile"],
  },
  {
    ...change,
    id: "archiveService",
    methods: ["delete"],
    path: "/api/services/{id}",
    summary: "Archive a service",
    params: ofService,
    answer: { status: 204, description: "Nobody can book it any more. Its bookings stay, and it can be restored." },
  },
  {
    ...change,
    id: "restoreService",
    methods: ["post"],
    path: "/api/services/{id}/restore",
    summary: "Take a service out of the archive",
    params: ofService,
    answer: json(200, service, "It stands where it stood.", serviceExample),
  },
  {
    ...merchantRead,
    permission: "bookings.read",
    id: "getBookingAnswers",
    path: "/api/bookings/{id}/answers",
    summary: "What a customer answered to the service's questions",
    params: described(z.object({ id: z.uuid() }), { id: "The booking's id." }, "checkout_unknown"),
    answer: json(
      200,
      bookingAnswers,
      "Personal answers too, which appear nowhere else; that they were read is in the log. Staff see those of their own bookings. A yes or no is `yes` or `no`.",
      {
        answers: [
          {
            questionId: "0199c0de-0000-7000-8000-00000000000a",
            question: "¿Es tu primera visita?",
            kind: "yes_no",
            answer: "yes",
            isPersonal: false,
          },
        ],
      },
    ),
  },
] as const satisfies readonly Operation[];
