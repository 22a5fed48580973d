"""Records to pages: `Archive`, `Vocabulary` and `Config` go in, a folder of static files comes out (`build.render_site`).

The way is archive → catalogue (groups and counts) → views (strings ready to print) → pages (a path and its text).
Nothing here reads a clock, and no page knows where the site will be served: links are relative.
"""
