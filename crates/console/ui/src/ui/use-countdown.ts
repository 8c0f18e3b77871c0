import { useEffect, useState } from "react";
import type { ProblemError } from "../api";

/** The seconds until a problem may be tried again; null where none were named. */
export function useCountdown(problem: ProblemError): number | null {
  const { retryAfter } = problem;
  const [end, setEnd] = useState(() => endOf(problem));
  const [now, setNow] = useState(() => Date.now());
  // Another problem starts another count.
  const [counted, setCounted] = useState(problem);
  if (counted !== problem && problem.retryAfter !== null) {
    setCounted(problem);
    setEnd(endOf(problem));
  }
  const isOver = now >= end;
  useEffect(() => {
    if (retryAfter === null || isOver) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [retryAfter, isOver, end]);
  return retryAfter === null ? null : Math.max(0, Math.ceil((end - now) / 1000));
}

function endOf(problem: ProblemError): number {
  return Date.now() + (problem.retryAfter ?? 0) * 1000;
}
