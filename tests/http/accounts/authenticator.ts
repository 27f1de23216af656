import { createSign, generateKeyPairSync, hash, randomBytes } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";

/** What a phone's or a key's chip does, WebAuthn level 3: https://www.w3.org/TR/webauthn-3/ */
export function makeAuthenticator(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const credentialId = randomBytes(16);
  const id = credentialId.toString("base64url");
  const rpHash = hash("sha256", new URL(origin).hostname, "buffer");
  let counter = 0;

  const clientData = (type: string, challenge: string, from: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: from, crossOrigin: false }));
  /** Flags: the person was there, and was recognised; `hasKey` adds the new key. */
  const authenticatorData = (flags: number, more: Uint8Array[] = []) => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([rpHash, Buffer.from([flags]), count, ...more]);
  };

  return {
    id,
    /** Makes the passkey. */
    make(challenge: string) {
      const { x = "", y = "" } = publicKey.export({ format: "jwk" });
      const key = new Map<number, number | Uint8Array>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, new Uint8Array(Buffer.from(x, "base64url"))],
        [-3, new Uint8Array(Buffer.from(y, "base64url"))],
      ]);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(credentialId.length);
      const attested = [Buffer.alloc(16), length, credentialId, isoCBOR.encode(key)];
      const authData = new Uint8Array(authenticatorData(flags.present | flags.recognised | flags.hasKey, attested));
      const attestationObject = isoCBOR.encode(
        new Map<string, string | Uint8Array | Map<string, string>>([
          ["fmt", "none"],
          ["attStmt", new Map()],
          ["authData", authData],
        ]),
      );
      const response = {
        clientDataJSON: clientData("webauthn.create", challenge, origin).toString("base64url"),
        attestationObject: Buffer.from(attestationObject).toString("base64url"),
        transports: ["internal"],
      };
      return { id, rawId: id, type: "public-key", response };
    },
    /** Shows it. `isRecognised` false: somebody touched it without finger or code. */
    show(challenge: string, { from = origin, isRecognised = true } = {}) {
      counter += 1;
      const data = authenticatorData(flags.present | (isRecognised ? flags.recognised : 0));
      const client = clientData("webauthn.get", challenge, from);
      const signature = createSign("sha256")
        .update(Buffer.concat([data, hash("sha256", client, "buffer")]))
        .sign(privateKey);
      const response = {
        clientDataJSON: client.toString("base64url"),
        authenticatorData: data.toString("base64url"),
        signature: signature.toString("base64url"),
      };
      return { id, rawId: id, type: "public-key", response };
    },
  };
}

const flags = { present: 1, recognised: 4, hasKey: 64 };
