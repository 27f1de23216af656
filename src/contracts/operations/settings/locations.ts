import { z } from "zod";
import { location, locationPatch, newLocation } from "#contracts/settings/tenant.ts";
import { described, json, merchantChange, merchantRead, type Operation } from "../operation.ts";
import { locationExample, placeExample } from "./examples.ts";

const ofLocation = described(z.object({ id: z.uuid() }), { id: "The location's id." }, "location_unknown");
const changeRefusals = ["phone_invalid", "service_unknown"] as const;

/** Where customers go. One is the default; a service may have another. */
export const locationOperations = [
  {
    ...merchantRead,
    id: "listLocations",
    path: "/api/locations",
    summary: "All locations, the default first",
    permission: "tenant.read",
    answer: json(200, z.object({ locations: z.array(location) }), "At most 100.", { locations: [locationExample] }),
  },
  {
    ...merchantChange,
    id: "createLocation",
    methods: ["post"],
    path: "/api/locations",
    summary: "Add a location. The first is the default",
    permission: "tenant.change",
    takesKey: "beside_proof",
    body: newLocation,
    bodyExamples: { location: { ...placeExample, name: "Sede Usaquén" } },
    answer: json(201, location, "Phone numbers are stored as E.164.", { ...locationExample, name: "Sede Usaquén", isDefault: false }),
    refusals: [...changeRefusals, "id_taken", "too_many_locations"],
  },
  {
    ...merchantChange,
    id: "updateLocation",
    methods: ["patch"],
    path: "/api/locations/{id}",
    summary: "Change a location, make it the default, or say which services take place there",
    permission: "tenant.change",
    params: ofLocation,
    body: locationPatch,
    bodyExamples: { directions: { directions: "Segundo piso, timbre 201." } },
    answer: json(200, location, "The location as it is now.", { ...locationExample, version: 2 }),
    refusals: [...changeRefusals, "changed_meanwhile"],
  },
  {
    ...merchantChange,
    id: "archiveLocation",
    methods: ["delete"],
    path: "/api/locations/{id}",
    summary: "Archive a location. Its services take place at the default then",
    permission: "tenant.change",
    params: ofLocation,
    answer: { status: 204, description: "It can be restored." },
    refusals: ["location_is_default"],
  },
  {
    ...merchantChange,
    id: "restoreLocation",
    methods: ["post"],
    path: "/api/locations/{id}/restore",
    summary: "Undo the archiving of a location",
    permission: "tenant.change",
    params: ofLocation,
    answer: json(200, location, "Its services take place there again.", { ...locationExample, version: 3 }),
  },
] as const satisfies readonly Operation[];
