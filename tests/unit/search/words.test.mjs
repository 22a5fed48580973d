// Words of the scripts agree with numbers as those of the pages do: `gongwen_site/wording/forms.py` has the same claims.

import assert from "node:assert/strict";
import { test } from "node:test";

import { fill } from "../../../static/js/search/elements.js";
import { sayDates } from "../../../static/js/search/say.js";

const TEXT = "{n} {n:article|articles}, {month:Jan|Feb|Mar}";

test("of two words the first goes with one, of more the n-th is taken", () => {
  assert.equal(fill(TEXT, { n: 1, month: 3 }), "1 article, Mar");
  assert.equal(fill(TEXT, { n: 0, month: 1 }), "0 articles, Jan");
  assert.equal(fill(TEXT, { n: "1,200", month: 2 }), "1,200 articles, Feb");
});

test("what nothing is given for stays as it is", () => {
  assert.equal(fill("{name} {n:a|b}", {}), "{name} {n:a|b}");
});

test("a year is said once only where it stands before the month", () => {
  const chinese = { month: "{year}年{month}月", month_only: "{month}月" };
  const english = { month: "{month:Jan|Feb|Mar} {year}", month_only: "{month:Jan|Feb|Mar}" };
  assert.equal(sayDates(chinese, "2024-01", "2024-03"), "2024年1月—3月");
  assert.equal(sayDates(english, "2024-01", "2024-03"), "Jan 2024—Mar 2024");
});
