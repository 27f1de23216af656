import { afterAll, beforeAll, expect, test } from "vitest";
import { settle } from "../../src/commands/payments/settle.ts";
import { type Clinic, openClinic, post } from "../support/clinic.ts";
import { startWorld, type World } from "../support/world.ts";
