import { crashAtEachPointOf } from "./play.ts";

crashAtEachPointOf("settling");
