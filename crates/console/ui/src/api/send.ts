import { endSession, getCredential } from "./credential";
import { problemOf, unreachable } from "./problem";

interface SendOptions {
  /** Without the session's credential: whatever the request has itself. */
  anonymous?: boolean;
}

/** Sends a request with the session's credential. Whatever is no success is thrown as a `ProblemError`. */
export async function send(request: Request, options: SendOptions = {}): Promise<Response> {
  const credential = options.anonymous ? null : getCredential();
  if (credential !== null) request.headers.set("authorization", `Bearer ${credential}`);
  let response: Response;
  try {
    response = await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw unreachable(error);
  }
  if (response.ok || response.status === 304) return response;
  if (response.status === 401 && credential !== null) endSession(credential);
  throw await problemOf(response);
}
