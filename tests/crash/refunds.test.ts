import { crashAtEachPointOf } from "./play.ts";

crashAtEachPointOf("refunds");
