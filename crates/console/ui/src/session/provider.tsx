import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import { asProblem, getCredential, type ProblemError } from "../api";
import { onSessionEnd, setCredential } from "../api/credential";
import { Loading } from "../ui";
import { type Session, SessionContext } from "./context";
import { EndedDialog } from "./ended-dialog";
import { type Identity, identify, includes, signIn, takeLinkCode } from "./sign-in";
import { SignInPage } from "./sign-in-page";
import { useExpiry } from "./use-expiry";

type State =
  | { at: "starting" }
  | { at: "out"; error: ProblemError | null }
  | { at: "in"; identity: Identity; ended: boolean };

/** Lets nothing through but the sign-in page until somebody is signed in, and keeps the page when a session ends. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const [state, setState] = useState<State>({ at: "starting" });

  useEffect(() => {
    let gone = false;
    void open().then((next) => {
      if (!gone) setState(next);
    });
    return () => {
      gone = true;
    };
  }, []);

  const identity = state.at === "in" ? state.identity : null;
  const onIdentity = useCallback(
    (next: Identity) => {
      setCredential(next.credential);
      setState({ at: "in", identity: next, ended: false });
      if (identity !== null && isSame(identity, next)) void queries.invalidateQueries();
      // What another person has read is not theirs to see.
      else queries.clear();
    },
    [identity, queries],
  );
  const signOut = useCallback(() => {
    setCredential(null);
    queries.clear();
    setState({ at: "out", error: null });
  }, [queries]);
  const end = useCallback(() => {
    setState((before) => (before.at === "in" ? { ...before, ended: true } : before));
  }, []);

  useEffect(() => onSessionEnd(end), [end]);
  useExpiry(state.at === "in" && !state.ended ? state.identity.expiresAt : null, end);

  const session = useMemo<Session | null>(() => {
    if (identity === null) return null;
    const { tenant, role, subject, expiresAt } = identity;
    return { tenant, role, subject, expiresAt, can: (needed) => includes(role, needed), signOut };
  }, [identity, signOut]);

  if (state.at === "starting") return <Loading full />;
  if (state.at === "out" || session === null) {
    return <SignInPage error={state.at === "out" ? state.error : null} onSignedIn={onIdentity} />;
  }
  // Another person, or another tenant: nothing of the page stays.
  const whose = `${session.tenant}/${session.subject}`;
  return (
    <SessionContext key={whose} value={session}>
      {children}
      <EndedDialog opened={state.ended} subject={session.subject} onSignedIn={onIdentity} onSignOut={signOut} />
    </SessionContext>
  );
}

function isSame(one: Identity, other: Identity): boolean {
  return one.tenant === other.tenant && one.subject === other.subject;
}

/** A link in the address goes before the session that this tab has had. Asked once, though React mounts twice while developing. */
let opening: Promise<State> | null = null;

function open(): Promise<State> {
  opening ??= start().finally(() => {
    opening = null;
  });
  return opening;
}

async function start(): Promise<State> {
  const code = takeLinkCode();
  const credential = getCredential();
  if (code === null && credential === null) return { at: "out", error: null };
  try {
    const identity = await (code === null ? identify(credential ?? "") : signIn(code));
    setCredential(identity.credential);
    return { at: "in", identity, ended: false };
  } catch (error) {
    const problem = asProblem(error);
    if (problem.status === 401) setCredential(null);
    return { at: "out", error: problem };
  }
}
