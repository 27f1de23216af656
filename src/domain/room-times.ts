const openBeforeMinutes = 15;
const openAfterMinutes = 60;

/** When a video room may be entered: a quarter of an hour before, until an hour after. */
export function roomTimes(appointment: { start: Date; end: Date }): { notBefore: Date; expiresAt: Date } {
  return {
    notBefore: new Date(appointment.start.getTime() - openBeforeMinutes * 60_000),
    expiresAt: new Date(appointment.end.getTime() + openAfterMinutes * 60_000),
  };
}
