import type { ProfessionalChanges } from "#contracts/catalog.ts";

/** Undefined fields stay as they are. */
export function professionalColumns(given: ProfessionalChanges) {
  return {
    name: given.name,
    description: given.description,
    photo_url: given.photoUrl,
    email: given.email,
    timezone: given.timezone,
    active: given.active,
    position: given.position,
  };
}
