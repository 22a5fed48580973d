"""Moving house: an archive's records to and from the forms of other programs, a CollectionBuilder table and Hugo's posts.

Input: the text of a table or of a post; output: an `Incoming`, a record that lacks only what the register gives. The other
way, articles to the text of a table or of a post. Files are read and written by the commands.
"""
