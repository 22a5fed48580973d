import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { test } from "node:test";

import { folder, normalise, unfolded } from "../../../static/js/search/analyze.js";
import { leastOf, readFacets, readPlanes } from "../../../static/js/search/columns.js";
import { Documents } from "../../../static/js/search/documents.js";
import { Postings } from "../../../static/js/search/postings.js";
import { readPage, readPostings, readShard } from "../../../static/js/search/shards.js";
import { Store } from "../../../static/js/search/store.js";

const bytes = (hex) => Uint8Array.from(hex.replace(/\s/g, "").match(/../g) ?? [], (pair) => parseInt(pair, 16));

test("a page names its shards", () => {
  const page = bytes(`00 a1b2c3d4e5f6  06 ${Buffer.from("白银").toString("hex")} 0001020304ff`);
  assert.deepEqual(readPage(page), [
    { first: "", digest: "a1b2c3d4e5f6" },
    { first: "白银", digest: "0001020304ff" },
  ]);
});

test("terms share what begins the one before, counted in characters, not in halves of them", () => {
  const [plain, astral] = [Buffer.from("𬭚工").toString("hex"), Buffer.from("会").toString("hex")];
  const shard = bytes(`00 04 ${Buffer.from("f-16").toString("hex")} 05 00  00 07 ${plain} 09 01 04  01 03 ${astral} 00 01 08`);
  const found = Array.from(readShard(shard), ([term, { weight, postings }]) => [term, weight, Array.from(postings)]);
  assert.deepEqual(found, [
    ["f-16", 5, []],
    ["𬭚工", 9, [4]],
    ["𬭚会", 0, [8]],
  ]);
});

test("postings tell in four ways how often a term stands in which field, and how long that is but for the body", () => {
  // document 0 once in the body; 3 twice in it; 4 once in the title; 304 in the title, five times in the body, twenty in the facets
  const { numbers, masks, counts, lengths } = readPostings(bytes("04 0d02 06 0c b309 15 01 0c 05 14 9601"));
  assert.deepEqual(Array.from(numbers), [0, 3, 4, 304]);
  assert.deepEqual(Array.from(masks), [4, 4, 1, 21]);
  assert.deepEqual(Array.from(counts), [1, 2, 1, 1, 5, 20]);
  assert.deepEqual(Array.from(lengths), [0, 0, 12, 12, 0, 150]);
});

test("facets stand column by column, of the documents that there are", () => {
  const date = (2024 * 13 + 11) * 32 + 5;
  const varint = (value) => (value > 127 ? [(value & 127) | 128, ...varint(value >>> 7)] : [value]);
  const columns = [1, 0, 1, ...varint(2 * date), ...varint(2 * date - 1), 2, 0, 1, 0, 0, 2, 9, 3, 4];
  assert.deepEqual(readFacets(Uint8Array.from(columns), 3), [
    { date, paper: 1, regions: [9], topics: [] },
    null,
    { date: 0, paper: null, regions: [], topics: [3, 4] },
  ]);
});

test("a file that ends too soon is refused", () => {
  for (const hex of ["05 61", "00 a1b2", "00 01 61 05 09 04"]) assert.throws(() => readShard(bytes(hex)), RangeError);
  assert.throws(() => readPage(bytes("00 a1b2")), RangeError);
  assert.throws(() => readPostings(bytes("80")), RangeError);
});

test("folding goes a character at a time, after case and width", () => {
  const fold = folder(["肅蘭𠀾", "肃兰㐹"]);
  assert.equal(normalise("甘肅蘭州 Ｆ－16 𠀾", fold), "甘肃兰州 f-16 㐹");
  assert.equal(normalise("甘肅", unfolded), "甘肅");
});

/** A store of files given here, and the names of those that were asked for. */
function filled(files) {
  const asked = [];
  const store = new Store(async (name) => {
    asked.push(name);
    if (!(name in files)) throw new Error(`no ${name}`);
    return name === "manifest.json" ? Buffer.from(JSON.stringify(files[name])) : gzipSync(files[name]);
  });
  return { store, asked };
}

test("a file is fetched once, whoever asks for it, and again after a failure", async () => {
  const files = { "text/1.bin": "[1]" };
  const { store, asked } = filled(files);
  const read = () => store.read("text/1.bin", (found) => Buffer.from(found).toString());
  assert.deepEqual(await Promise.all([read(), read()]), ["[1]", "[1]"]);
  assert.deepEqual(asked, ["text/1.bin"]);
  await assert.rejects(store.read("text/2.bin", String));
  files["text/2.bin"] = "[2]";
  await store.read("text/2.bin", String);
  assert.deepEqual(asked, ["text/1.bin", "text/2.bin", "text/2.bin"]);
});

test("an index of another format is refused", async () => {
  await assert.rejects(Postings.open(filled({ "manifest.json": { format: 1, fields: [], pages: [] } }).store), RangeError);
});

/** An index of terms that start with 一一, a shard each. */
function manyShards(count) {
  const names = Array.from({ length: count }, (_, place) => `${"一".repeat(2)}${String.fromCharCode(0x4e00 + place)}`);
  const digests = names.map((_, place) => place.toString(16).padStart(12, "0"));
  const files = {
    "manifest.json": { format: 2, documents: 1, fields: [["title", 1, 1]], pages: [["", "p"]], sizes: [], rests: [], facets: [] },
    "pages/p.bin": bytes(
      names.map((name, place) => `${place ? `09${Buffer.from(name).toString("hex")}` : "00"} ${digests[place]}`).join(""),
    ),
  };
  names.forEach((name, place) => {
    files[`shards/${digests[place]}.bin`] = bytes(`00 09 ${Buffer.from(name).toString("hex")} 00 01 04`);
  });
  return { ...filled(files), names };
}

test("all terms that start with a prefix are found, however many shards they lie in, up to eight", async () => {
  const { store, names } = manyShards(8);
  const postings = await Postings.open(store);
  await postings.prepare([], ["一一", "二"]);
  assert.deepEqual(postings.startingWith("一一"), [names, true]);
  assert.deepEqual(postings.startingWith("二"), [[], true]);
});

test("a prefix of more shards stands for itself, and fetches its own shard alone", async () => {
  const { store, asked, names } = manyShards(9);
  const postings = await Postings.open(store);
  await postings.prepare([names[3]], ["一一"]);
  assert.deepEqual(postings.startingWith("一一"), [[], false]);
  assert.equal(postings.has(names[3]), true);
  assert.equal(asked.filter((name) => name.startsWith("shards/")).length, 2);
});

test("a size keeps the highest digits of a length", () => {
  const bounds = (size, bits) => [leastOf(size, bits), leastOf(size + 1, bits) - 1];
  const few = [0, 1, 2, 3, 4, 5, 6, 17].map((size) => bounds(size, 2));
  assert.deepEqual(few, [[0, 0], [1, 1], [2, 2], [3, 3], [4, 5], [6, 7], [8, 11], [384, 511]]);
  assert.deepEqual(bounds(12, 4), [12, 12]);
  assert.deepEqual(bounds(16, 4), [16, 17]);
});

test("sizes stand in planes of bytes, the lowest first", () => {
  assert.deepEqual(Array.from(readPlanes(bytes("00 2c  00 01"), 2)), [0, 300]);
  assert.throws(() => readPlanes(bytes("00 01 02"), 2), RangeError);
});

test("a text is read from GBK, with what GBK does not hold escaped", async () => {
  const text = Buffer.concat([Buffer.from('{"title":"'), Buffer.from("b0d7d2f8", "hex"), Buffer.from('\\ud840\\udc0b"}')]);
  const documents = new Documents(filled({ "text/1.bin": text }).store, { folded: ["", ""] });
  assert.deepEqual(await documents.text(1), { title: "白银𠀋" });
});
