/** A failure of the whole connection, with its code of RFC 9113, section 7. */
export class ConnectionError extends Error {
  constructor(code, message) {
    super(message);
    this.h2 = code;
  }
}
