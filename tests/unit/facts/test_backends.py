"""The backends whose place is known, held against Terraform's own names."""

from constructs_auth.facts.backends import PLACES_OF_STATES


def test_a_place_ends_with_what_differs_between_states_of_one_store() -> None:
    last = {kind: settings[-1] for kind, settings in PLACES_OF_STATES.items()}
    assert last == {
        "azurerm": "key",
        "cos": "key",
        "gcs": "prefix",
        "http": "address",
        "oss": "key",
        "s3": "key",
    }
