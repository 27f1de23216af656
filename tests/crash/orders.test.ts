import { crashAtEachPointOf } from "./play.ts";

crashAtEachPointOf("orders");
