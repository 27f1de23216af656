import { crashAtEachPointOf } from "./play.ts";

crashAtEachPointOf("closing");
