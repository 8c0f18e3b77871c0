import { type ServerEvent, EventParser } from "./events";
import { send } from "./send";

export type { ServerEvent } from "./events";

interface StreamOptions {
  signal: AbortSignal;
  onEvent: (event: ServerEvent) => void;
  /** Only what is newer comes. */
  lastEventId?: string | null;
}

/** The services send a line at least every 15 s: where none comes for this long there is no connection any more. */
const SILENCE = 45_000;

/** Reads server-sent events by fetch, since EventSource cannot send a credential. Resolves when the stream ends. */
export async function streamEvents(path: string, options: StreamOptions): Promise<void> {
  const headers = new Headers({ accept: "text/event-stream" });
  if (options.lastEventId) headers.set("last-event-id", options.lastEventId);
  const url = new URL(path, location.origin);
  const response = await send(new Request(url, { headers, signal: options.signal, cache: "no-store" }));
  if (response.body === null) return;
  const parser = new EventParser();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const silence = setTimeout(() => void reader.cancel(), SILENCE);
    const { done, value } = await reader.read().finally(() => clearTimeout(silence));
    if (done) return;
    for (const event of parser.push(value)) options.onEvent(event);
  }
}
