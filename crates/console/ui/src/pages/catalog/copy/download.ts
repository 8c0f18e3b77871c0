/** Saves a text as a file of the reader's. */
export function download(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  // What an operating system has no place for in a name.
  link.download = name.replace(/[\u0000-\u001f/\\:*?"<>|]/g, "_");
  link.click();
  // After the browser has begun to read it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
