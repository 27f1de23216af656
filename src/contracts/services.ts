import { z } from "zod";
import { newService, picture, serviceChanges } from "./catalog.ts";
import { line, lines, question, serviceDescriptionLengths, serviceNameLengths } from "./service-terms.ts";

/** A service as merchants read and write it. Stricter than what the commands take from the seed. */
const limits = {
  name: line(serviceNameLengths.min, serviceNameLengths.max),
  description: lines(serviceDescriptionLengths.min, serviceDescriptionLengths.max),
  imageUrl: picture.nullable(),
  durationMinutes: z.int().min(15).max(480),
};
export const serviceRequest = newService.omit({ position: true }).extend(limits).partial({ imageUrl: true });
export const servicePatch = serviceChanges
  .omit({ position: true })
  .extend(z.strictObject(limits).partial().shape)
  .extend({ version: z.int().min(1).describe("Of the service as you have seen it. If it has changed since: changed_meanwhile.") });

const idsMax = 200;
export const serviceOrder = z.strictObject({
  ids: z
    .array(z.uuid())
    .min(1)
    .max(idsMax)
    .refine((ids) => new Set(ids).size === ids.length, "each may stand there once"),
});

const { shape } = serviceChanges.required();
export const service = z.object({
  ...shape,
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  questions: z.array(question),
  amountDueMinor: z.int().min(0).describe("What a customer pays now."),
  archivedAt: z.iso.datetime().nullable(),
  version: z.int().min(1),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Service = z.infer<typeof service>;
export type ServicePatch = z.input<typeof servicePatch>;

export const servicePage = z.object({
  services: z.array(service),
  next: z.uuid().nullable().describe("Ask again with it as `cursor`; null: there are no more."),
});
export type ServicePage = z.infer<typeof servicePage>;
