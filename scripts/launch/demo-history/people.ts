import type { Customer } from "#commands/bookings/insert-booking.ts";
import type { Chance } from "./chance.ts";

const firstNames = [
  ...["Ana Milena", "Andrés Felipe", "Ángela", "Beatriz Elena", "Camila", "Carlos Alberto", "Carolina", "Catalina", "César Augusto"],
  ...["Claudia Patricia", "Cristian", "Daniela", "David Santiago", "Diana Marcela", "Diego Alejandro", "Edwin", "Esperanza", "Esteban"],
  ...["Fabián", "Felipe", "Gabriela", "Germán", "Gladys", "Gustavo Adolfo", "Héctor Fabio", "Isabel Cristina", "Jairo", "Jenny Paola"],
  ...["Jhon Jairo", "Jorge Enrique", "José Luis", "Juan Pablo", "Juan Sebastián", "Julián", "Laura Sofía", "Leidy Johana", "Liliana"],
  ...["Luis Fernando", "Luz Dary", "Manuela", "Marcela", "María Camila", "María del Pilar", "María Fernanda", "Mónica", "Natalia"],
  ...["Nelson", "Nicolás", "Óscar Iván", "Paola Andrea", "Ricardo", "Rosa Elvira", "Sandra Milena", "Santiago", "Sara", "Tatiana"],
  ...["Tomás", "Viviana", "William", "Yesid", "Yolanda"],
];
const surnames = [
  ...[
    "Acosta",
    "Agudelo",
    "Álvarez",
    "Arango",
    "Ardila",
    "Arias",
    "Ávila",
    "Barrera",
    "Bedoya",
    "Beltrán",
    "Bermúdez",
    "Bernal",
    "Buitrago",
  ],
  ...["Bustos", "Caicedo", "Calderón", "Cano", "Cárdenas", "Cardona", "Castaño", "Castellanos", "Ceballos", "Correa", "Cortés", "Duarte"],
  ...["Echeverri", "Escobar", "Fajardo", "Forero", "Franco", "Galvis", "Gaviria", "Giraldo", "Guerrero", "Guzmán", "Henao", "Hoyos"],
  ...["Jaramillo", "León", "Lozano", "Marín", "Medina", "Molina", "Montoya", "Moreno", "Muñoz", "Murillo", "Ochoa", "Orozco", "Ospina"],
  ...["Pardo", "Parra", "Peña", "Pineda", "Quiroga", "Rincón", "Rivera", "Rojas", "Salazar", "Sanabria", "Suárez", "Tovar", "Trujillo"],
  ...["Uribe", "Valencia", "Vargas", "Velásquez", "Zapata", "Zuluaga"],
];
/** Reserved for examples: RFC 2606. */
const mailDomains = ["example.com", "example.org", "example.net"];
const mobilePrefixes = ["300", "301", "304", "310", "311", "312", "313", "314", "315", "316", "317", "318", "320", "321", "350"];

/** Somebody whom the clinic has not seen yet: no two have the same address or telephone. */
export function newPerson(chance: Chance, number: number): Customer {
  const firstName = chance.of(firstNames);
  const [surname, second] = [chance.of(surnames), chance.of(surnames)];
  const word = (text: string) => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase().replaceAll(" ", "");
  return {
    name: `${firstName} ${surname}${chance.happens(0.6) ? ` ${second}` : ""}`,
    email: `${word(firstName)}.${word(surname)}${number}@${chance.of(mailDomains)}`,
    phone: `+57${chance.of(mobilePrefixes)}555${String(number).padStart(4, "0")}`,
  };
}
