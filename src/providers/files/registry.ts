import { join } from "node:path";
import { env } from "#platform/env.ts";
import type { FileStore } from "./definition.ts";
import { diskStore } from "./disk.ts";
import { s3Store } from "./s3.ts";

/** S3 if a bucket is named, else a folder under DATA_DIR. */
export function fileStore(): FileStore {
  const { S3_ENDPOINT, S3_BUCKET, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, DATA_DIR } = env();
  if (!S3_ENDPOINT || !S3_BUCKET || !S3_ACCESS_KEY_ID || !S3_SECRET_ACCESS_KEY) return diskStore(join(DATA_DIR, "images"));
  return s3Store({
    endpoint: S3_ENDPOINT,
    bucket: S3_BUCKET,
    region: S3_REGION,
    accessKeyId: S3_ACCESS_KEY_ID,
    secretAccessKey: S3_SECRET_ACCESS_KEY,
  });
}
