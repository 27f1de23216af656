import { AwsClient } from "aws4fetch";
import { callService, failureOfReply } from "#platform/outbound.ts";
import type { FileStore } from "./definition.ts";

export type S3Settings = { endpoint: string; bucket: string; region: string; accessKeyId: string; secretAccessKey: string };

const provider = "s3";
const bytesMax = 8 * 1024 * 1024;

/** Any store that speaks S3, by the path style: AWS, R2, MinIO, Garage. */
export function s3Store({ endpoint, bucket, region, ...keys }: S3Settings): FileStore {
  const client = new AwsClient({ ...keys, region, service: "s3" });
  const addressOf = (name: string) => `${endpoint.replace(/\/$/, "")}/${bucket}/images/${name}`;
  async function headersOf(method: "GET" | "PUT", url: string, body: Uint8Array<ArrayBuffer> | null, type?: string) {
    const signed = await client.sign(url, { method, ...(body && { body }), headers: type ? { "content-type": type } : {} });
    return Object.fromEntries(signed.headers);
  }
  return {
    async put({ name, bytes, type }) {
      const url = addressOf(name);
      const headers = await headersOf("PUT", url, bytes, type);
      const reply = await callService({ provider, method: "PUT", url, headers, body: bytes });
      if (reply.status !== 200) throw failureOfReply({ provider, reply, asked: "storing a picture" });
    },
    async get(name) {
      const url = addressOf(name);
      const reply = await callService({
        provider,
        method: "GET",
        url,
        headers: await headersOf("GET", url, null),
        maxReplyBytes: bytesMax,
      });
      if (reply.status === 404) return null;
      if (reply.status !== 200) throw failureOfReply({ provider, reply, asked: "reading a picture" });
      return reply.bytes;
    },
  };
}
