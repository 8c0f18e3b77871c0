import type { components } from "./meta";

/** A problem document (RFC 9457), as both services answer it. */
export type ProblemDocument = components["schemas"]["Problem"];

/** What every request that did not succeed is thrown as. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";

  constructor(
    readonly problem: ProblemDocument,
    /** After how many seconds it may be tried again, where the service said so. */
    readonly retryAfter: number | null = null,
  ) {
    super(problem.detail || problem.title);
  }

  get status(): number {
    return this.problem.status;
  }

  /** The last part of the problem's type, such as `datasource-not-found`. */
  get kind(): string {
    return this.problem.type.replace(/^.*\//, "");
  }

  /** What is wrong with the field at this JSON Pointer, such as `/host`. */
  fieldError(pointer: string): string | undefined {
    return this.problem.errors?.find((it) => it.pointer === pointer)?.detail;
  }

  /** The errors by the names of a form's fields: `/tls/mode` becomes `tls.mode`. */
  fieldErrors(): Record<string, string> {
    const errors = this.problem.errors ?? [];
    return Object.fromEntries(errors.map((it) => [it.pointer.replace(/^\//, "").replaceAll("/", "."), it.detail]));
  }
}

/** The kinds of problems that are found here, without an answer of a service. */
export const UNREACHABLE = "/problems/unreachable";
const NO_DOCUMENT = "about:blank";

/** What an answer that is an error says, also where a proxy in between made it. */
export async function problemOf(response: Response): Promise<ProblemError> {
  const problem = await readProblem(response);
  return new ProblemError(problem, secondsOf(response.headers.get("retry-after")));
}

async function readProblem(response: Response): Promise<ProblemDocument> {
  const request_id = response.headers.get("x-request-id");
  const isJson = /json/.test(response.headers.get("content-type") ?? "");
  if (isJson) {
    try {
      const read = (await response.json()) as Partial<ProblemDocument>;
      if (typeof read.title === "string" && typeof read.detail === "string") {
        return { ...read, type: read.type ?? NO_DOCUMENT, title: read.title, detail: read.detail, status: response.status };
      }
    } catch {
      // Cut off on its way: what the status says is all there is.
    }
  }
  const title = response.statusText || `HTTP ${response.status}`;
  return { type: NO_DOCUMENT, title, detail: title, status: response.status, request_id };
}

/** `Retry-After` is a number of seconds, or from a proxy a date. */
function secondsOf(header: string | null): number | null {
  if (header === null) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}

/** No answer came: no network, or nobody there. */
export function unreachable(cause: unknown): ProblemError {
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new ProblemError({ type: UNREACHABLE, title: "The service cannot be reached", detail, status: 0 });
}

/** Any thrown thing as a problem, for those that show it. */
export function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new ProblemError({ type: NO_DOCUMENT, title: "Something went wrong", detail, status: 0 });
}
