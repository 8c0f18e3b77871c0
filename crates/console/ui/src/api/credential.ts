// The credential of the session. It lives in this tab alone (sessionStorage), so that it is gone with
// the tab and survives a reload; no cookie, so that no other page can use it.
const KEY = "plumbline.credential";

type Listener = () => void;
const ended = new Set<Listener>();
const changed = new Set<(credential: string | null) => void>();

let credential: string | null = read();

function read(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    // A browser that keeps nothing: the session lasts until the page is loaded again.
    return null;
  }
}

export function getCredential(): string | null {
  return credential;
}

export function setCredential(next: string | null): void {
  credential = next;
  try {
    if (next === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, next);
  } catch {
    // As above.
  }
  for (const listener of changed) listener(next);
}

/** Called when there is another credential, or none. */
export function onCredential(listener: (credential: string | null) => void): () => void {
  changed.add(listener);
  return () => changed.delete(listener);
}

/** Called when a service no longer takes the credential. */
export function onSessionEnd(listener: Listener): () => void {
  ended.add(listener);
  return () => ended.delete(listener);
}

/** Tells that a service refused the credential that a request was sent with. */
export function endSession(used: string): void {
  // An answer to a request of before a new sign-in says nothing about the present credential.
  if (used !== credential) return;
  for (const listener of ended) listener();
}
