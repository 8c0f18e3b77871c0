import { Mark } from "@mantine/core";
import type { Piece } from "./highlight";

export function Highlighted({ pieces }: { pieces: readonly Piece[] }) {
  // The pieces of one text have no names but their places.
  return pieces.map((piece, at) => (piece.marked ? <Mark key={at}>{piece.text}</Mark> : <span key={at}>{piece.text}</span>));
}
