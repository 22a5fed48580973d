// @ts-check
// Bytes read from front to back: what all binary files of the index are made of.

const UTF8 = new TextDecoder();

export class Bytes {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  /** Whether all is read. */
  get done() {
    return this.at >= this.bytes.length;
  }

  /** @returns {number} */
  byte() {
    if (this.done) throw new RangeError("a file of the index ends too soon");
    return this.bytes[this.at++];
  }

  /** @returns {number} an unsigned LEB128 of at most 32 bits */
  varint() {
    let byte = this.byte();
    let value = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = this.byte();
      value |= (byte & 127) << shift;
    }
    return value >>> 0;
  }

  /** @returns {number} a varint whose lowest bit is the sign */
  zigzag() {
    const value = this.varint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** @param {number} length @returns {Uint8Array} */
  take(length) {
    const start = this.at;
    this.at += length;
    if (this.at > this.bytes.length) throw new RangeError("a file of the index ends too soon");
    return this.bytes.subarray(start, this.at);
  }

  /** @returns {string} a varint, how many bytes; then these, UTF-8 */
  text() {
    return UTF8.decode(this.take(this.varint()));
  }
}
