/** Pages read these too, so this file needs no package. */
export const noteLengthMax = 2000;
export const proofLengthMax = 500;
export const resentMailsPerHourMax = 3;
