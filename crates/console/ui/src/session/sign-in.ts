import { type Meta, ProblemError, send } from "../api";

export type Role = Meta["Role"];

/** Who is signed in, and with what. */
export interface Identity {
  credential: string;
  tenant: number;
  subject: string;
  role: Role;
  kind: Meta["CredentialKind"];
  expiresAt: string | null;
}

const RANKS: Record<Role, number> = { viewer: 0, operator: 1, admin: 2 };

/** Whether one who has `role` may do what needs `needed`. */
export function includes(role: Role, needed: Role): boolean {
  return RANKS[role] >= RANKS[needed];
}

function highest(roles: Role[]): Role {
  return roles.reduce((best, role) => (includes(role, best) ? role : best), "viewer" as Role);
}

/** The code of a sign-in link, given as the whole link or by itself. */
export function linkCode(text: string): string | null {
  const code = /(?:^|#sign-in=)(pls_[^\s&#]+)$/.exec(text.trim());
  return code?.[1] ?? null;
}

/** The code in the address of the page. The fragment is taken away, since it works once. */
export function takeLinkCode(): string | null {
  const code = linkCode(decodeURIComponent(location.hash));
  if (code !== null) history.replaceState(history.state, "", location.pathname + location.search);
  return code;
}

/** Opens a session with a token, an API key or a sign-in link. */
export async function signIn(text: string): Promise<Identity> {
  const code = linkCode(text);
  return identify(code === null ? text.trim().replace(/^bearer\s+/i, "") : await exchange(code));
}

async function exchange(code: string): Promise<string> {
  const signedIn = (await post("/api/metadata/auth/sign-in", null, { code })) as Meta["SignedIn"];
  return signedIn.token;
}

/** Whose a credential is; a `ProblemError` if nobody's. */
export async function identify(credential: string): Promise<Identity> {
  const found = (await post("/api/metadata/auth/introspect", credential)) as Meta["Introspection"];
  const { tenant_id, subject, roles, kind, expires_at } = found;
  return { credential, tenant: tenant_id, subject, role: highest(roles), kind, expiresAt: expires_at ?? null };
}

async function post(path: string, credential: string | null, body?: object): Promise<unknown> {
  const headers = new Headers();
  if (credential !== null) {
    try {
      headers.set("authorization", `Bearer ${credential}`);
    } catch {
      throw refusedHere();
    }
  }
  if (body) headers.set("content-type", "application/json");
  const content = body === undefined ? null : JSON.stringify(body);
  const request = new Request(new URL(path, location.origin), { method: "POST", headers, body: content });
  return (await send(request, { anonymous: true })).json();
}

/** What is no header is no credential. */
function refusedHere(): ProblemError {
  const detail = "A credential has letters, digits and a few signs of ASCII only.";
  return new ProblemError({ type: "/problems/unauthorized", title: "This is no credential", detail, status: 401 });
}
