/** What the reception writes. */
export const notes = [
  "Llega con muletas: usar el consultorio del primer piso.",
  "Pide factura a nombre de la empresa.",
  "Prefiere que la llamen después de las cinco.",
  "Trae los exámenes de sangre de la semana pasada.",
  "Viene con su mamá.",
  "Llamó para confirmar la dirección.",
  "Pidió cambiar el correo del recibo.",
  "Segunda sesión del mes: revisar los ejercicios.",
];

/** Why somebody cancelled. */
export const mistake = "Reservó dos veces por error.";
export const journey = "Le salió un viaje de trabajo.";
export const reasons = [
  journey,
  "Está con gripa y prefiere volver a reservar.",
  "Ya la atendieron por urgencias.",
  "No consiguió permiso en el trabajo.",
];

/** Answers to the question why somebody comes. */
export const complaints = [
  "Dolor de cabeza desde hace una semana",
  "Control de la tensión",
  "Dolor en la rodilla al subir escaleras",
  "Chequeo general",
  "Resultados de laboratorio",
  "Gripa que no se quita",
  "Dolor lumbar",
  "Certificado médico para el gimnasio",
];
