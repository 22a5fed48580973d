"""A folder of records to an index, as `gongwen build` makes it: `python index_articles.py ARTICLES FOLDER`. For measuring."""

import sys
from pathlib import Path

from gongwen_site.commands.indexing import workers
from gongwen_site.commands.workforce import cores
from gongwen_site.records.archive import read_archive
from gongwen_site.search.index import write_index
from gongwen_site.vocabulary.load import load_vocabulary

if __name__ == "__main__":
    archive = read_archive(Path(sys.argv[1]))
    with workers(len(archive.articles), cores()) as executor:
        write_index(archive, load_vocabulary(None), Path(sys.argv[2]), executor=executor)
