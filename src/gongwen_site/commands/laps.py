"""How long each station of a verb took: for its report, never for a result."""

from time import perf_counter


class Laps:
    """Seconds by station, in the order in which they were passed; the time since the last one belongs to the next."""

    def __init__(self) -> None:
        self._since = perf_counter()
        self.seconds: dict[str, float] = {}

    def passed(self, station: str) -> None:
        """Count the time since the last station was passed as this one's."""
        now = perf_counter()
        self.seconds[station] = round(self.seconds.get(station, 0.0) + now - self._since, 3)
        self._since = now
