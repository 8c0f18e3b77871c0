/** How one of the things that the service needs is. */
export interface Check {
  name: string;
  ok: boolean;
  detail?: string | null;
}

export interface Health {
  status: string;
  checks: Check[];
}

function isHealth(body: unknown): body is Health {
  return typeof body === "object" && body !== null && "checks" in body && Array.isArray(body.checks);
}

/** Whether the service has what it needs. It answers so too when it has not, with 503. */
export async function readHealth(): Promise<Health> {
  const response = await fetch("/health/ready", { cache: "no-store" });
  const body: unknown = await response.json();
  if (!isHealth(body)) throw new Error(`/health/ready answered ${response.status}`);
  return body;
}

/** The version that the service's own API document tells. */
export async function readVersion(): Promise<string | null> {
  const response = await fetch("/api-docs/openapi.json");
  if (!response.ok) return null;
  const document = (await response.json()) as { info?: { version?: string } };
  return document.info?.version ?? null;
}
