import { CalendarPlus, GraduationCap, type LucideIcon, Phone, Stethoscope, Tags, UserRound, Video } from "lucide-react";
import { isServiceTemplate, type ServiceTemplate, serviceTemplates } from "#contracts/service-templates.ts";

export const emptyIcon = Tags;
export const blankIcon = CalendarPlus;
export const templateIcons: Record<ServiceTemplate, LucideIcon> = {
  consultation: Stethoscope,
  session: UserRound,
  class: GraduationCap,
  videoCall: Video,
  firstCall: Phone,
};
export const templateNames = Object.keys(serviceTemplates).filter(isServiceTemplate);
