"""A dump as read and the vocabularies → what each article is about, where, from which paper and when, each with reasons.

`tag.py` holds the verb; `passages.py` and `words.py` are what all rules read with; `gazetteer.py` knows the names of
places, `mentions.py` finds them, `regions.py` weighs them; `moments.py` finds dates, `publication.py` infers the page's;
`papers.py` names the newspaper; `topics.py` the topics.
"""
