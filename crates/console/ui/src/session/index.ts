export { useSession } from "./context";
export type { Session } from "./context";
export { SessionProvider } from "./provider";
export type { Role } from "./sign-in";
