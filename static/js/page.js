// @ts-check
// On every page, as one script: what each of these does, it does where the page has use for it. The words that they show
// are put on the script's own element when the site is built (builder/scripts.py).

import "./theme.js";
import "./box.js";
import "./article.js";
import "./cite/main.js";
import "./search/highlight.js";
