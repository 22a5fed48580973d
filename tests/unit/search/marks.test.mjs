import assert from "node:assert/strict";
import { test } from "node:test";

import { folder } from "../../../static/js/search/analyze.js";
import { findSpans, needlesOf, opening, passages, stretches } from "../../../static/js/search/marks.js";
import { read } from "../../../static/js/search/reading.js";

const needles = (query, cut = []) =>
  needlesOf(read(query).pieces.map((piece, place) => ({ ...piece, words: cut[place] ?? [] })));
const marked = (text, query, cut) => findSpans(text, needles(query, cut)).map(([first, end]) => text.slice(first, end));
const text = (passage) => passage.map(({ text: shown }) => shown).join("");

test("printed text is marked whatever its width, case and invisible signs", () => {
  assert.deepEqual(marked("ＩＣＱＣＣ与icqcc", "ICQCC"), ["ＩＣＱＣＣ", "icqcc"]);
  assert.deepEqual(marked("产业\u200b工人", "产业工人"), ["产业\u200b工人"]);
  assert.deepEqual(marked("面积120㎡。", "120m2"), ["120㎡"]);
  assert.deepEqual(marked("……白银……", "白银"), ["白银"]);
  assert.deepEqual(marked("𠮷野家", "野家"), ["野家"]);
});

test("a mark or an invisible sign after a plain stretch belongs to its last letter", () => {
  assert.deepEqual(marked("白银e\u0301白银", "白银"), ["白银", "白银"]);
  assert.deepEqual(marked("白银\u0301市", "银市"), []);
  assert.deepEqual(marked("12：30，（白银）", "12:30 白银"), ["12：30", "白银"]);
});

test("folding may make two halves of one character, and marks stay in their places", () => {
  const fold = folder(["㑮勞", "𫝈劳"]);
  const found = findSpans("一㑮二勞动三", needles("劳动 𫝈"), fold);
  assert.deepEqual(found, [[1, 2], [3, 5]]);
});

test("a simplified word is marked where a traditional text has it", () => {
  const fold = folder(["勞", "劳"]);
  const found = findSpans("全國勞模", needles("劳模"), fold);
  assert.deepEqual(found.map(([first, end]) => "全國勞模".slice(first, end)), ["勞模"]);
});

test("of a text pasted in, the stretches that it shares are marked", () => {
  const pasted = "国网白银供电公司职工王轶男至今仍印象深刻，那是另外一家报纸所写的一段长话";
  assert.deepEqual(marked("白银供电公司职工说，至今仍印象深刻。一段话", pasted.replace("，", "")), ["白银供电公司职工", "至今仍印象深刻"]);
});

test("a Latin word is marked whole, an unfinished one where it begins a word", () => {
  assert.deepEqual(marked("report port ports", "port x"), ["port"]);
  assert.deepEqual(marked("report port ports", "port"), ["port", "ports"]);
  assert.deepEqual(marked("iso/iec", "iec x"), ["iec"]);
});

test("the phrase is marked where it stands, its words elsewhere", () => {
  assert.deepEqual(marked("白银工人，白银的工人", "白银工人", [["白银", "工人"]]), ["白银工人", "白银", "工人"]);
});

test("what is excluded is not marked", () => {
  assert.deepEqual(marked("劳模与煤矿", "劳模 -煤矿"), ["劳模"]);
});

test("stretches joined are the text", () => {
  const printed = "国网白银供电公司职工王轶男至今仍印象深刻。";
  const found = stretches(printed, findSpans(printed, needles("白银 王轶男")));
  assert.equal(text(found), printed);
  assert.deepEqual(found.filter((one) => one.marked).map((one) => one.text), ["白银", "王轶男"]);
});

test("a passage shows thirty characters on each side, and says where it was cut", () => {
  const [passage] = passages([`，${"前".repeat(50)}劳模${"后".repeat(50)}`], needles("劳模"));
  assert.equal(text(passage), `…${"前".repeat(30)}劳模${"后".repeat(30)}…`);
});

test("a passage takes in the whole of a marked word at its ends", () => {
  const printed = `${"前".repeat(9)}产业工人${"中".repeat(28)}劳模${"中".repeat(28)}产业工人${"后".repeat(9)}`;
  const [passage] = passages([printed], needles("劳模 产业工人"));
  const marked = (one) => one.filter(({ marked: isMarked }) => isMarked).map((stretch) => stretch.text);
  assert.deepEqual(new Set(marked(passage)), new Set(["产业工人", "劳模"].filter((word) => text(passage).includes(word))));
  const [other] = passages([printed.slice(13)], needles("劳模 产业工人"));
  assert.deepEqual(marked(other), ["劳模", "产业工人"]);
});

test("a second passage shows a further word", () => {
  const found = passages([`劳模${"一".repeat(80)}劳模`, `工人${"二".repeat(80)}`], needles("劳模 工人"));
  assert.deepEqual(found.map((passage) => passage.filter((one) => one.marked).map((one) => one.text)), [["劳模"], ["工人"]]);
});

test("a passage never cuts a character in half", () => {
  const [passage] = passages([`${"𠮷".repeat(40)}，劳模，${"𬭚".repeat(40)}`], needles("劳模"));
  assert.equal(text(passage), text(passage).toWellFormed?.() ?? text(passage));
  assert.equal(text(opening("𠮷".repeat(99))).isWellFormed?.() ?? true, true);
});
