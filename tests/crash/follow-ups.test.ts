import { crashAtEachPointOf } from "./play.ts";

crashAtEachPointOf("follow-ups");
