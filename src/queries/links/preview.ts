import { previewToken } from "#platform/link-tokens.ts";

export { isPreviewToken } from "#platform/link-tokens.ts";

/** The address of a booking page that our dashboard may show in a frame. */
export async function previewAddress(publicId: string): Promise<string> {
  return `/book/${publicId}?preview=${await previewToken()}`;
}
