const openBeforeMinutes = 15;
const openAfterMinutes = 60;

/** A room opens 15 minutes before the appointment and closes an hour after it. */
export function roomTimes(appointment: { start: Date; end: Date }): { notBefore: Date; expiresAt: Date } {
  return {
    notBefore: new Date(appointment.start.getTime() - openBeforeMinutes * 60_000),
    expiresAt: new Date(appointment.end.getTime() + openAfterMinutes * 60_000),
  };
}
