import { useEffect } from "react";

/** The longest that a timer of a browser can wait. */
const LONGEST = 2 ** 31 - 1;

/** Calls `onEnd` when the session's time is over. */
export function useExpiry(expiresAt: string | null, onEnd: () => void): void {
  useEffect(() => {
    if (expiresAt === null) return;
    const end = Date.parse(expiresAt);
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      const left = end - Date.now();
      if (left <= 0) onEnd();
      else timer = setTimeout(wait, Math.min(left, LONGEST));
    };
    wait();
    return () => clearTimeout(timer);
  }, [expiresAt, onEnd]);
}
