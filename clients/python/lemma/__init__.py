"""Records trainings in Lemma.

    import lemma

    with lemma.run(project="vision", hypothesis="CutMix raises accuracy", config={"lr": 0.1}, seed=1) as run:
        run.log({"acc": 0.9}, step=3)

Environment: ``LEMMA_URL`` (http://127.0.0.1:3000), ``LEMMA_TOKEN``, ``LEMMA_PROJECT``, ``LEMMA_SPOOL`` (.lemma-spool), ``LEMMA_SPOOL_BYTES`` (2 GB),
``LEMMA_WAIT`` (seconds at the end of a run, 10), ``LEMMA_VARIABLES`` (more environment variables to record),
``LEMMA_CHECK_SECONDS`` (3: how long the start may wait to be told that it was run before, or changes too much at once; 0 does not ask), ``LEMMA_REASON`` (why it is run all the same).
"""

from .changes import TooManyChanges
from .duplicates import DoneBefore
from .hub import HubDown, Refused
from .run import NoHypothesis, Run
from .starting import run

__all__ = ["DoneBefore", "HubDown", "NoHypothesis", "Refused", "Run", "TooManyChanges", "run"]
__version__ = "0.1.0"
