import { Refusal } from "#contracts/problem.ts";
import { inTurn, isOfType } from "./draw-picture.ts";

/** Phones make photos of 50 megapixels. A JPEG is decoded smaller, so it costs no more memory. */
const pixelsMax = 52_000_000;
/** The small print of a receipt stays readable. */
const sideMax = 2400;
const secondsMax = 10;

/**
 * Draws a photographed page anew, as JPEG: nothing of the file is left but what it shows. Refuses:
 * proof_type, image_unreadable, rate_limited.
 */
export async function drawPage(bytes: Uint8Array, type: "image/jpeg" | "image/png"): Promise<Buffer> {
  if (!isOfType(bytes, type)) throw new Refusal("proof_type");
  return inTurn(async () => {
    const { default: sharp } = await import("sharp");
    try {
      return await sharp(bytes, { limitInputPixels: pixelsMax, failOn: "error" })
        .autoOrient()
        .resize({ width: sideMax, height: sideMax, fit: "inside", withoutEnlargement: true })
        .flatten({ background: "#ffffff" })
        .jpeg({ quality: 82 })
        .timeout({ seconds: secondsMax })
        .toBuffer();
    } catch {
      throw new Refusal("image_unreadable");
    }
  });
}
