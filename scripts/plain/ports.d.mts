export interface WantedPort {
  name: string;
  port: number;
  /** How to choose another, such as `PORT=3001 npm start`. */
  advice: string;
}
export function checkPorts(ports: WantedPort[], options: { patienceMs: number }): Promise<void>;
export function freePort(neighbours?: number): Promise<number>;
