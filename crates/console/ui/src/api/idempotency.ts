/** A name for one attempt of the user, under which a request may be sent again and is carried out once. */
export function idempotencyKey(): string {
  // `randomUUID` is there on https and on this machine alone.
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (it) => it.toString(16).padStart(2, "0")).join("");
}
