// @ts-check
// Items of CSL-JSON to the files that reference managers read: RIS, BibTeX (for BibLaTeX too), CSL-JSON itself.
// An item is what an article's page carries; what it may hold is written down in builder/citations.py.

/**
 * @typedef {{"date-parts": number[][], circa?: boolean}} CslDate
 * @typedef {{id: string, type: string, title: string, author?: {literal: string}[], "container-title"?: string,
 *   "publisher-place"?: string, issued?: CslDate, page?: string, URL?: string, accessed?: CslDate, language?: string,
 *   source?: string, keyword?: string, note?: string}} CslItem
 */

/** @param {string} value */
const oneLine = (value) => value.split(/\s+/u).filter(Boolean).join(" ");

/** @param {CslDate | undefined} date @returns {string[]} year, month, day as far as known: ["2024", "11", "05"] */
const partsOf = (date) => (date?.["date-parts"]?.[0] ?? []).map((part, place) => String(part).padStart(place ? 2 : 4, "0"));

/** @param {string | undefined} text */
const several = (text) => (text ? text.split("; ") : []);

/** @param {CslItem[]} items @returns {string} in RIS, after the specification of 2011: one line a value, CRLF */
export const ris = (items) => items.map(risOf).join("");

/** @param {CslItem} item */
function risOf(item) {
  const [year = "", month = "", day = ""] = partsOf(item.issued);
  const read = partsOf(item.accessed);
  /** @type {[string, string | undefined][]} */
  const lines = [
    ["TY", item.type === "webpage" ? "ELEC" : "NEWS"],
    ["ID", item.id],
    ["TI", item.title],
    ...(item.author ?? []).map(({ literal }) => /** @type {[string, string]} */ (["AU", literal])),
    ["T2", item["container-title"]],
    ["CY", item["publisher-place"]],
    ["PY", year],
    ["DA", year && `${year}/${month}/${day}/`],
    ["SP", item.page],
    ["UR", item.URL],
    ["Y2", read.length ? `${read[0]}/${read[1] ?? ""}/${read[2] ?? ""}/` : ""],
    ["DB", item.source],
    ["LA", item.language],
    ...several(item.keyword).map((word) => /** @type {[string, string]} */ (["KW", word])),
    ["N1", item.note],
  ];
  const kept = lines.filter(([, value]) => value).map(([tag, value]) => `${tag}  - ${oneLine(value ?? "")}\r\n`);
  return `${kept.join("")}ER  - \r\n\r\n`;
}

/** What TeX would obey. Braces by name, since BibTeX counts even escaped ones. @type {Record<string, string>} */
const TEX = {
  "\\": "\\textbackslash{}",
  "{": "\\textbraceleft{}",
  "}": "\\textbraceright{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
};

/** @param {string} text */
const tex = (text) => oneLine(text).replace(/[\\{}~^&%$#_]/gu, (mark) => TEX[mark] ?? `\\${mark}`);

/** @param {string} url */
const texUrl = (url) => url.replace(/[\\{}\s]/gu, encodeURIComponent);

/** @param {CslItem[]} items @returns {string} entries that BibTeX and BibLaTeX read */
export const bibtex = (items) => items.map(bibtexOf).join("\n");

/** @param {CslItem} item */
function bibtexOf(item) {
  const onSite = item.type === "webpage";
  const date = partsOf(item.issued);
  const host = tex(item["container-title"] ?? "");
  /** @type {Record<string, string>} */
  const fields = {
    author: (item.author ?? []).map(({ literal }) => `{${tex(literal)}}`).join(" and "),
    title: `{${tex(item.title)}}`,
    [onSite ? "organization" : "journal"]: host,
    entrysubtype: onSite ? "" : "newspaper",
    location: tex(item["publisher-place"] ?? ""),
    date: date.join("-"),
    year: date[0] ?? "",
    pages: tex(item.page ?? ""),
    url: texUrl(item.URL ?? ""),
    urldate: partsOf(item.accessed).join("-"),
    keywords: several(item.keyword).map(tex).join(", "),
    note: tex(item.note ?? ""),
    langid: item.language?.startsWith("zh") ? "chinese" : "",
  };
  const lines = Object.entries(fields).flatMap(([name, value]) => (value ? [`  ${name} = {${value}}`] : []));
  return `@${onSite ? "online" : "article"}{${item.id},\n${lines.join(",\n")}\n}\n`;
}

/** @param {CslItem[]} items @returns {string} as CSL-JSON, a list */
export const csl = (items) => `${JSON.stringify(items, null, 1)}\n`;

/** The files that can be made, by name. @type {Record<string, {suffix: string, type: string, write: (items: CslItem[]) => string}>} */
export const FILES = {
  ris: { suffix: "ris", type: "application/x-research-info-systems", write: ris },
  bibtex: { suffix: "bib", type: "application/x-bibtex", write: bibtex },
  csl: { suffix: "json", type: "application/vnd.citationstyles.csl+json", write: csl },
};
