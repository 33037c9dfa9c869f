/** A refusal, as the shell tells one. */
export function refuse(message: string): never {
  throw { kind: 'user', message };
}
