"""What the two people of the story try, and why; written down before the first training."""

from dataclasses import dataclass
from typing import Mapping, Sequence, Tuple

Settings = Mapping[str, object]


@dataclass(frozen=True)
class Idea:
    """One experiment: a hypothesis, the settings it is compared with, and the settings that it tries."""

    name: str
    description: str
    change: str
    because: str
    min_effect: float
    baseline: Settings
    treatment: Settings
    seeds: Sequence[int]
    # The seeds that machine two trains, without a network; machine one trains the others.
    away: Sequence[int] = ()
    parents: Tuple[str, ...] = ()
    script: str = "train.py"
    # Recorded by `lemma exec` in front of the command, instead of by the call in the script alone.
    by_exec: bool = False
    # Why the settings it is compared with are trained again; where nobody says it, nobody knew.
    reason: str = ""

    @property
    def statement(self) -> str:
        return "We believe that %s will increase test_acc by at least %s, because %s." % (self.change, self.min_effect, self.because)


BESIDE_IT = "New seeds beside the change, so that each experiment has a baseline of its own"

SHIFTED = Idea(
    name="Augmentation: shifted copies",
    description="The training digits stand in the middle, those in photographs do not. Does it help to show each training digit four more times, moved by a pixel?",
    change="adding four copies of each training image, each moved by one pixel", because="200 centred images never show a digit beside the middle, and the test photographs do",
    min_effect=0.02, baseline={"aug_shifts": 0}, treatment={"aug_shifts": 4}, seeds=(1, 2, 3, 4), away=(3, 4),
)
NOISY = Idea(
    name="Augmentation: noisy pixels",
    description="The usual other way to more varied images. Tried on the second machine in the train, where nothing told that this baseline had been run.",
    change="adding noise to the pixels of the training images", because="augmentation of any kind should keep a small network from learning single pixels by heart",
    min_effect=0.02, baseline={"aug_noise": 0.0}, treatment={"aug_noise": 1.0}, seeds=(1, 2, 3), away=(1, 2, 3),
)
STRONGER_L2 = Idea(
    name="Stronger L2",
    description="The textbook answer to few images.",
    change="a thousand times more L2", because="a network with more weights than images should be held back",
    min_effect=0.02, baseline={"l2": 0.0001}, treatment={"l2": 0.1}, seeds=(11, 12, 13), away=(12, 13), by_exec=True, reason=BESIDE_IT,
)
ALL_AT_ONCE = Idea(
    name="Everything at once",
    description="A quick look before the weekend: more copies, a wider layer and smaller steps together.",
    change="more copies, a wider layer and smaller steps together", because="each of them should help a little",
    min_effect=0.02, baseline={"aug_shifts": 0, "hidden": 24, "learning_rate": 0.01}, treatment={"aug_shifts": 4, "hidden": 64, "learning_rate": 0.003}, seeds=(21, 22, 23), away=(21, 22, 23), reason=BESIDE_IT,
)
CONVOLUTION = Idea(
    name="A convolutional network",
    description="A colleague's script, as it is: there is no call of Lemma in it.",
    change="a convolutional network instead of a dense one", because="it does not care where in the image a stroke is",
    min_effect=0.02, baseline={}, treatment={"channels": 16}, seeds=(1, 2), script="convolution.py", by_exec=True,
)
DIAGONAL = Idea(
    name="Augmentation: diagonal copies too",
    description="Shifted copies helped most where a digit was moved up, down or aside. The code for the diagonals is not committed yet.",
    change="adding the four diagonal copies to the four straight ones", because="a photograph moves a digit in both directions at once more often than in one",
    min_effect=0.02, baseline={"aug_shifts": 4}, treatment={"aug_shifts": 8}, seeds=(1, 2, 3), parents=(SHIFTED.name,), by_exec=True,
)
WIDER = Idea(
    name="A wider layer, now that there is enough to see",
    description="With 200 images a wider layer had nothing to learn from; with nine of each it may.",
    change="128 hidden units instead of 24", because="1,800 images hold more than 24 units can keep",
    min_effect=0.02, baseline={"aug_shifts": 8, "hidden": 24}, treatment={"aug_shifts": 8, "hidden": 128}, seeds=(5, 6, 7), parents=(DIAGONAL.name,), reason=BESIDE_IT,
)

FIRST_DAY = (SHIFTED, CONVOLUTION, STRONGER_L2, NOISY, ALL_AT_ONCE)
SECOND_DAY = (DIAGONAL, WIDER)
