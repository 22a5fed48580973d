"""Raw dumps to readings: `Seed` in, `Reading` out (drafts, and the fate of every line).

A text dump goes one way, with a frozen type at each step::

    Seed ─ layout → Line ─ lines → Mark ─ context → Mark ─ stretches, parting → Stretch
         ─ matching → Story ─ repair, drafts → Draft, LineRole → Reading

Words are never lost, altered or invented: analysis is done on a folded copy of bounded length, the drafts hold the
printed text of their lines.
"""
