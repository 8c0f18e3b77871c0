import { onCredential } from "./credential";
import type { components } from "./meta";
import { asProblem } from "./problem";
import { streamEvents, type ServerEvent } from "./stream";

export type Job = components["schemas"]["Job"];

export interface JobListener {
  /** A job is new, goes on or has ended; `before` is what was known of it, if it was under way. */
  onJob?: (job: Job, before: Job | undefined) => void;
  /** The stream begins, or begins again after a cut: something may have passed unheard. */
  onOpen?: () => void;
}

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;

/** Whether a job with this status goes on. */
export function isActive(status: Job["status"]): boolean {
  return status === "QUEUED" || status === "RUNNING";
}

/**
 * What becomes of all jobs, by one stream for the whole page: a browser opens no more than six connections to an address.
 * It is open while anybody listens, and comes back after a cut with what it has seen last, waiting longer each time.
 */
export class JobFeed {
  private readonly listeners = new Set<JobListener>();
  /** The jobs under way. */
  private readonly known = new Map<string, Job>();
  private readonly watchers = new Set<() => void>();
  private open = false;
  private stop: AbortController | null = null;
  private lastEventId: string | null = null;
  private wait = FIRST_WAIT;

  /** Returns what ends it. */
  listen(listener: JobListener): () => void {
    this.listeners.add(listener);
    if (this.stop === null) {
      this.stop = new AbortController();
      void this.run(this.stop.signal);
    }
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      this.stop?.abort();
      this.stop = null;
      this.lastEventId = null;
      this.known.clear();
      this.setOpen(false);
    };
  }

  /** Whether the stream is there: who listens has to ask while it is not. */
  readonly isOpen = (): boolean => this.open;

  /** Calls when that changes. Returns what ends it. */
  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  private setOpen(open: boolean): void {
    if (this.open === open) return;
    this.open = open;
    for (const watcher of this.watchers) watcher();
  }

  private async run(signal: AbortSignal): Promise<void> {
    const onEvent = (event: ServerEvent) => {
      if (!signal.aborted) this.take(event);
    };
    this.wait = FIRST_WAIT;
    while (!signal.aborted) {
      try {
        await streamEvents("/api/metadata/jobs/events", { signal, onEvent, lastEventId: this.lastEventId });
      } catch (error) {
        if (signal.aborted) return;
        const { status, retryAfter } = asProblem(error);
        this.wait = Math.max(this.wait, (retryAfter ?? 0) * 1000);
        // Nothing comes by asking again before somebody has signed in anew.
        if (status === 401) {
          await newCredential(signal);
          this.wait = 0;
        }
      }
      if (signal.aborted) return;
      this.setOpen(false);
      await pause(this.wait * (0.75 + Math.random() / 2), signal);
      this.wait = Math.min(Math.max(this.wait, FIRST_WAIT) * 2, LONGEST_WAIT);
    }
  }

  private take(event: ServerEvent): void {
    this.wait = FIRST_WAIT;
    this.lastEventId = event.id;
    this.setOpen(true);
    if (event.event === "open") {
      for (const { onOpen } of this.listeners) onOpen?.();
      return;
    }
    const job = JSON.parse(event.data) as Job;
    const before = this.known.get(job.id);
    if (before !== undefined && before.version >= job.version) return;
    if (isActive(job.status)) this.known.set(job.id, job);
    else this.known.delete(job.id);
    for (const { onJob } of this.listeners) onJob?.(job, before);
  }
}

export const jobFeed = new JobFeed();

function newCredential(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const leave = onCredential((credential) => {
      if (credential !== null) done();
    });
    const done = () => {
      leave();
      signal.removeEventListener("abort", done);
      resolve();
    };
    signal.addEventListener("abort", done);
  });
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}
