// @ts-check
// The bytes of the directory's pages and of shards to what they say. Twin of search/shards.py; docs/search-format.md, section 2.

import { Bytes } from "./bytes.js";

const DIGEST = 6;

/** @typedef {{first: string, digest: string}} Stretch where a page or a shard begins, and the name of its file */
/** @typedef {{weight: number, postings: Uint8Array}} Entry what a shard says of a term */
/**
 * @typedef {object} Holders the documents that hold a term, ascending
 * @property {Int32Array} numbers
 * @property {Uint8Array} masks for each document a bit for each field that holds the term
 * @property {Int32Array} counts for each bit, field by field, document by document, how often
 * @property {Int32Array} lengths likewise how many terms the field has; 0 for the body, which is not told here
 */

/** @param {Uint8Array} bytes @returns {Stretch[]} the shards of a page */
export function readPage(bytes) {
  const reader = new Bytes(bytes);
  const shards = [];
  while (!reader.done) shards.push({ first: reader.text(), digest: hexadecimal(reader.take(DIGEST)) });
  return shards;
}

/** @param {Uint8Array} bytes @returns {Map<string, Entry>} in UTF-16 order of the terms */
export function readShard(bytes) {
  const reader = new Bytes(bytes);
  const entries = new Map();
  let term = "";
  while (!reader.done) {
    term = head(term, reader.varint()) + reader.text();
    entries.set(term, { weight: reader.byte(), postings: reader.take(reader.varint()) });
  }
  return entries;
}

/** @param {Uint8Array} bytes @returns {Holders} */
export function readPostings(bytes) {
  const reader = new Bytes(bytes);
  /** @type {number[]} */
  const numbers = [];
  /** @type {number[]} */
  const masks = [];
  /** @type {number[]} */
  const counts = [];
  /** @type {number[]} */
  const lengths = [];
  let number = -1;
  while (!reader.done) {
    const value = reader.varint();
    number += value >>> 2;
    numbers.push(number);
    masks.push(readCounts(reader, value & 3, counts, lengths));
  }
  return { numbers: new Int32Array(numbers), masks: new Uint8Array(masks), counts: new Int32Array(counts), lengths: new Int32Array(lengths) };
}

const TITLE = 1;
const BODY = 4;

/**
 * @param {Bytes} reader @param {number} kind @param {number[]} counts is added to @param {number[]} lengths likewise
 * @returns {number} the mask of fields
 */
function readCounts(reader, kind, counts, lengths) {
  if (kind < 2) {
    counts.push(kind ? reader.varint() : 1);
    lengths.push(0);
    return BODY;
  }
  if (kind === 2) {
    counts.push(1);
    lengths.push(reader.varint());
    return TITLE;
  }
  const mask = reader.byte();
  for (let rest = mask; rest; rest &= rest - 1) {
    counts.push(reader.varint());
    lengths.push((rest & -rest) === BODY ? 0 : reader.varint());
  }
  return mask;
}

/** @param {string} text @param {number} size @returns {string} its first characters, by code point */
function head(text, size) {
  let end = 0;
  for (let left = size; left > 0; left -= 1) end += /** @type {number} */ (text.codePointAt(end)) > 0xffff ? 2 : 1;
  return text.slice(0, end);
}

const hexadecimal = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
