import { createContext, useContext } from "react";
import type { Role } from "./sign-in";

/** What pages know of who is signed in. */
export interface Session {
  tenant: number;
  role: Role;
  subject: string;
  /** When it ends; null for never. */
  expiresAt: string | null;
  /** Whether this role's actions are allowed. */
  can: (role: Role) => boolean;
  signOut: () => void;
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("useSession stands outside of SessionProvider");
  return session;
}
