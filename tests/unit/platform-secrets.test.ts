import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { resetEnv } from "#platform/env.ts";
import { decryptSecret, encryptSecret, keyIds } from "#platform/secrets.ts";

const key = (id: string, digit: string) => `${id}:${digit.repeat(64)}`;
const kept = { ...process.env };

function useKeys(keys: string): void {
  Object.assign(process.env, {
    DATABASE_URL: "postgres://nobody@127.0.0.1:1/nothing",
    APP_SECRET: "0".repeat(32),
    JWT_SECRET: "1".repeat(32),
    CRON_SECRET: "0".repeat(16),
    SMTP_URL: "smtp://127.0.0.1:1",
    ENCRYPTION_KEYS: keys,
  });
  resetEnv();
}

beforeEach(() => useKeys(key("k1", "a")));
afterEach(() => {
  process.env = { ...kept };
  resetEnv();
});

const anyText = fc.array(fc.integer({ min: 0, max: 0xd7ff }), { maxLength: 300 }).map((codes) => String.fromCodePoint(...codes));

test("what is sealed can be opened, whatever the text and context", () => {
  fc.assert(
    fc.property(anyText, fc.string(), (text, context) => {
      expect(decryptSecret(encryptSecret(text, context), context)).toBe(text);
    }),
  );
});

test("the same text is sealed differently each time, and never readable", () => {
  expect(encryptSecret("prv_test_123", "c")).not.toBe(encryptSecret("prv_test_123", "c"));
  expect(encryptSecret("prv_test_123", "c")).not.toContain("prv_test");
});

test("a secret of another context cannot be opened", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (text, context, other) => {
      fc.pre(context !== other);
      expect(() => decryptSecret(encryptSecret(text, context), other)).toThrow();
    }),
  );
});

test("one altered bit, in the vector, the tag or the text, is refused", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.constantFrom(2, 3, 4), fc.nat(), (text, part, bit) => {
      const parts = encryptSecret(text, "context").split(".");
      const bytes = Buffer.from(parts[part] ?? "", "base64url");
      const at = bit % (bytes.length * 8);
      bytes.writeUInt8((bytes[Math.floor(at / 8)] ?? 0) ^ (1 << (at % 8)), Math.floor(at / 8));
      parts[part] = bytes.toString("base64url");
      expect(() => decryptSecret(parts.join("."), "context")).toThrow();
    }),
  );
});

test("a tag that was cut short is refused: a short one can be guessed", () => {
  const [version, id, vector, tag, sealed] = encryptSecret("text", "context").split(".");
  for (const length of [4, 8, 12, 15]) {
    const short = Buffer.from(tag ?? "", "base64url")
      .subarray(0, length)
      .toString("base64url");
    expect(() => decryptSecret([version, id, vector, short, sealed].join("."), "context"), `${length} bytes`).toThrow();
  }
});

test.each(["", "v1", "v1.k1", "v2.k1.AAAA.AAAA.AAAA", "v1.k9.AAAA.AAAA.AAAA", "plain text", "v1.k1...", "v1.k1.AAAA..AAAA"])(
  "%j is refused",
  (stored) => {
    expect(() => decryptSecret(stored, "context")).toThrow();
  },
);

test("after a rotation old secrets can still be read and new ones get the new key; once the old key is gone, they cannot", () => {
  const old = encryptSecret("text", "context");
  useKeys(`${key("k2", "b")},${key("k1", "a")}`);
  expect(decryptSecret(old, "context")).toBe("text");
  expect(keyIds(old)).toEqual({ sealedWith: "k1", current: "k2" });
  const young = encryptSecret("text", "context");
  expect(keyIds(young)).toEqual({ sealedWith: "k2", current: "k2" });
  useKeys(key("k2", "b"));
  expect(decryptSecret(young, "context")).toBe("text");
  expect(() => decryptSecret(old, "context")).toThrow();
});

test("an error names no key and no text", () => {
  const sealed = encryptSecret("prv_test_very_secret", "context");
  const opening = () => decryptSecret(sealed, "other");
  expect(opening).toThrow();
  expect(opening).not.toThrow(/prv_test|aaaa/);
});
