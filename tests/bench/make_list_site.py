"""A folder of records to the pages of `list_site`: `python make_list_site.py ARTICLES FOLDER JOBS`. For measuring."""

import sys
from contextlib import ExitStack
from itertools import chain
from pathlib import Path

from list_site import ListPress, ListRecipe

from gongwen_site.builder.stacks import Stacks
from gongwen_site.commands.collection import collect
from gongwen_site.commands.indexing import workers
from gongwen_site.commands.making import make_here, making_elsewhere
from gongwen_site.commands.memory import Memory, stamps_below
from gongwen_site.commands.staging import new_site, swap_in
from gongwen_site.commands.workforce import are_copies
from gongwen_site.config import Config


def main(articles: Path, output: Path, jobs: int) -> None:
    """Make the pages, with the steps of `gongwen build`."""
    stacks = Stacks(folder=articles, disclosure=Config().disclosure)
    stamps = stamps_below(articles, 0)
    with workers(len(stamps), jobs) as executor:
        collection = collect(stacks, stamps, Memory(), executor, ahead=2 * jobs)
    recipe = ListRecipe(stacks=stacks, records=tuple(collection.records.values()))
    batches = tuple(recipe.edition().batches())
    with workers(len(stamps), jobs) as executor, ExitStack() as closing:
        make = make_here
        if executor is not None:
            products = chain.from_iterable(batches) if are_copies(executor) else None
            make = closing.enter_context(making_elsewhere(executor, recipe.edition, products, jobs=jobs, folder=None))
        staging = new_site(output)
        press = ListPress(staging=staging, output=output, known={}, wholes={}, notes={}, watch=lambda _done, _all: None)
        press.run_pages(batches, make)
        swap_in(output)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve(), int(sys.argv[3]))
