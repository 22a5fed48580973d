import assert from "node:assert/strict";
import { test } from "node:test";

import { readAddress, writeAddress } from "../../../static/js/search/address.js";
import { countChoices, passes, readFacts } from "../../../static/js/search/filters.js";

const table = {
  regions: [["甘肃省", "gansu"], ["甘肃省/白银市", "gansu/baiyin"], ["甘肃省/定西市", "gansu/dingxi"], ["陕西省", "shaanxi"]],
  topics: [["劳模工匠", "model"], ["水利", "water"]],
  papers: [["甘肃日报", "gansu-daily"]],
  documents: [
    [0, "2024-11", 0, [1], [0]],
    [1, "2024-11-05", null, [2, 3], [0, 1]],
    [4, "2023", 0, [0], []],
    [7, null, null, [], [1]],
  ],
};
const facts = readFacts(table);
const all = Array.from(facts.values());
const kept = (search) => {
  const state = readAddress(search);
  return Array.from(facts).filter(([, known]) => passes(known, state)).map(([number]) => number);
};
const values = (choices) => choices.map(({ value, count }) => [value, count]);

test("a region holds all that lies within it", () => {
  assert.deepEqual(kept("?region=甘肃省"), [0, 1, 4]);
  assert.deepEqual(kept("?region=甘肃省/白银市"), [0]);
  assert.deepEqual(kept("?region=甘肃"), []);
  assert.deepEqual(kept("?region=unknown"), [7]);
});

test("a date known in part is kept where it may lie within the range", () => {
  assert.deepEqual(kept("?from=2024-11-05&to=2024-11-05"), [0, 1]);
  assert.deepEqual(kept("?from=2024-11-06"), [0]);
  assert.deepEqual(kept("?from=2024-12"), []);
  assert.deepEqual(kept("?to=2023-06"), [4]);
  assert.deepEqual(kept("?from=2023&to=2024"), [0, 1, 4]);
});

test("filters narrow together", () => {
  assert.deepEqual(kept("?paper=甘肃日报&region=甘肃省&from=2024"), [0]);
  assert.deepEqual(kept("?paper=unknown&topic=水利"), [1, 7]);
});

test("an article of two places counts once in what holds both", () => {
  assert.deepEqual(values(countChoices(all, readAddress("")).region), [["甘肃省", 3], ["陕西省", 1], ["unknown", 1]]);
});

test("a chosen region shows what is above it and within it", () => {
  const { region } = countChoices(all, readAddress("?region=甘肃省"));
  assert.deepEqual(values(region), [["甘肃省", 3], ["甘肃省/定西市", 1], ["甘肃省/白银市", 1]]);
  assert.deepEqual(region.map(({ chosen }) => chosen), [true, false, false]);
});

test("a choice is counted over what the other filters leave", () => {
  const { topic, paper } = countChoices(all, readAddress("?topic=水利"));
  assert.deepEqual(values(topic), [["水利", 2], ["劳模工匠", 2], ["unknown", 1]]);
  assert.deepEqual(values(paper), [["unknown", 2]]);
});

test("a chosen value that nothing has is still shown, to be taken away", () => {
  assert.deepEqual(values(countChoices([], readAddress("?topic=水利")).topic), [["水利", 0]]);
});

test("an address says what its state is, and nothing else", () => {
  const given = "?q=%E5%8A%B3%E6%A8%A1&region=%E7%94%98%E8%82%83%E7%9C%81&from=2024-01&sort=new&match=any";
  assert.equal(writeAddress(readAddress(given)), given);
  assert.equal(writeAddress(readAddress("")), "./");
  assert.equal(writeAddress(readAddress("?q=a&page=3"), { page: 2 }), "?q=a&page=2");
  assert.equal(writeAddress(readAddress("?q=a&page=3"), { sort: "old" }), "?q=a&sort=old");
});

test("what an address may not say is passed over", () => {
  const state = readAddress("?from=2024-13&to=gestern&sort=random&match=all&page=-1");
  assert.deepEqual([state.from, state.to, state.sort, state.match, state.page], ["", "", "", "", 1]);
});
