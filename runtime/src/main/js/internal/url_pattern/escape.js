// https://urlpattern.spec.whatwg.org/#escape-a-regexp-string and #escape-a-pattern-string

export function escapeRegExp(text) {
  return text.replace(/[.+*?^${}()[\]|/\\]/g, "\\$&");
}

export function escapePattern(text) {
  return text.replace(/[+*?:{}()\\]/g, "\\$&");
}
