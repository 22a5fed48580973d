"""Settings for all tests."""

from hypothesis import HealthCheck, settings

# Speed is no claim of any test: a slow machine must not turn one red.
settings.register_profile("steady", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")
