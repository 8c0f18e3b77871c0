/** What lets a style sheet that is written here pass the page's policy; the server makes one for each page. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";
}
