import { crashAtEachPointOf } from "./play.ts";

crashAtEachPointOf("payment");
