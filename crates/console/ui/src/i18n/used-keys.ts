/** A key of a text that code uses. */
export interface Used {
  /** Where it may stand; none for anywhere. */
  namespaces: string[];
  key: string;
  /** False where only the beginning of the key can be read in the code. */
  exact: boolean;
}

const NAMESPACE = /useTranslation\(\s*(?:"(\w+)"|\[([^\]]*)\])/g;
// `t("key"`, t(`key.${word}`, and the attribute i18nKey="key".
const CALL = /(?:\bt\(\s*|i18nKey=\{?)(?:"([^"\n]+)"|`([^`$]*)(\$\{)?|'([^'\n]+)')/g;
// Keys that are chosen first, and keys in tables of constants: any text that begins with a namespace.
const NAMED = /["'`](\w+):([A-Za-z][\w.]*)(\$\{)?/g;
// Both ends of `t(yes ? "one" : "other")`.
const CHOSEN = /\bt\(\s*[^"'`()]*\?\s*"([^"]+)"\s*:\s*"([^"]+)"/g;

/** The keys in the text of a file, as far as they stand there. */
export function usedKeys(code: string): Used[] {
  const declared = [...code.matchAll(NAMESPACE)].flatMap((it) => it[1] ?? [...(it[2] ?? "").matchAll(/\w+/g)].map(String));
  const usesHook = code.includes("useTranslation(");
  // Where `t` comes from elsewhere, so does its namespace.
  const namespaces = declared.length > 0 ? [...new Set(declared)] : usesHook ? ["common"] : [];
  const found: Used[] = [];
  const add = (written: string, exact: boolean) => {
    const [before, after] = written.split(":", 2);
    if (after === undefined) found.push({ namespaces, key: written, exact });
    else found.push({ namespaces: [before ?? ""], key: after, exact });
  };
  for (const [, plain, begun, cut, single] of code.matchAll(CALL)) {
    const written = plain ?? begun ?? single ?? "";
    if (written !== "") add(written, cut === undefined);
  }
  for (const [, one, other] of code.matchAll(CHOSEN)) {
    if (one) add(one, true);
    if (other) add(other, true);
  }
  for (const [, namespace, key, cut] of code.matchAll(NAMED)) {
    if (namespace === "common") add(`${namespace}:${key}`, cut === undefined);
  }
  return found;
}
