// A URL record and its serialization - https://url.spec.whatwg.org/#url-representation
const SPECIAL = { ftp: 21, file: null, http: 80, https: 443, ws: 80, wss: 443 };

export const isSpecialScheme = (scheme) => Object.hasOwn(SPECIAL, scheme);
export const defaultPort = (scheme) => (isSpecialScheme(scheme) ? SPECIAL[scheme] : null);
export const isDriveLetter = (text) => /^[a-zA-Z][:|]$/.test(text);
export const isNormalizedDrive = (text) => /^[a-zA-Z]:$/.test(text);

export class Url {
  scheme = "";
  username = "";
  password = "";
  /** Serialized; null when there is none. */
  host = null;
  port = null;
  /** Text when it is opaque, otherwise segments. */
  path = [];
  query = null;
  fragment = null;

  get isSpecial() {
    return isSpecialScheme(this.scheme);
  }

  get isFile() {
    return this.scheme === "file";
  }

  get isOpaque() {
    return typeof this.path === "string";
  }

  get hasCredentials() {
    return this.username !== "" || this.password !== "";
  }

  get cannotHaveCredentialsOrPort() {
    return this.host === null || this.host === "" || this.isFile;
  }

  copyAuthority({ username, password, host, port }) {
    Object.assign(this, { username, password, host, port });
  }

  copyPath({ path }) {
    this.path = typeof path === "string" ? path : [...path];
  }

  /** Removes the last segment, except a file URL's drive letter. */
  shorten() {
    const { path } = this;
    if (this.isFile && path.length === 1 && isNormalizedDrive(path[0])) return;
    path.pop();
  }

  toString() {
    let text = `${this.scheme}:`;
    if (this.host !== null) {
      text += "//";
      if (this.hasCredentials) text += `${this.username}${this.password === "" ? "" : `:${this.password}`}@`;
      text += this.host + (this.port === null ? "" : `:${this.port}`);
    } else if (!this.isOpaque && this.path.length > 1 && this.path[0] === "") {
      text += "/.";
    }
    text += this.isOpaque ? this.path : this.path.map((segment) => `/${segment}`).join("");
    if (this.query !== null) text += `?${this.query}`;
    return this.fragment === null ? text : `${text}#${this.fragment}`;
  }
}
