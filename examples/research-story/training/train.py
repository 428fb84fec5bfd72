"""Learns handwritten digits from 200 images that stand in the middle, and is tested on 1,597 that do not."""

import argparse

import lemma
import numpy
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

from augment import moved, with_noise, with_shifted

TRAINING_IMAGES = 200


def options() -> argparse.ArgumentParser:
    """What can be tried. A training is what these say, and nothing else."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--aug-shifts", type=int, default=0, help="copies of each training image, each moved by one pixel")
    parser.add_argument("--aug-noise", type=float, default=0.0, help="strength of the noise on each training pixel")
    parser.add_argument("--hidden", type=int, default=24)
    parser.add_argument("--l2", type=float, default=0.0001)
    parser.add_argument("--learning-rate", type=float, default=0.01)
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    return parser


def as_photographed(images: numpy.ndarray) -> numpy.ndarray:
    """Nobody holds a camera still: each image is moved by up to one pixel, always the same one the same way."""
    offsets = numpy.random.default_rng(0).integers(-1, 2, (len(images), 2))
    return numpy.concatenate([moved(image[None], *offset) for image, offset in zip(images, offsets)])


def train(config: argparse.Namespace) -> None:
    images, labels = load_digits(return_X_y=True)
    images = images.reshape(-1, 8, 8) / 16
    train_images, test_images, train_labels, test_labels = train_test_split(images, labels, train_size=TRAINING_IMAGES, random_state=0, stratify=labels)
    test_images = as_photographed(test_images)

    # Without an experiment here: LEMMA_EXPERIMENT or `lemma exec --experiment` says which.
    with lemma.run(config=config, seed=config.seed, defaults=options().parse_args([]), datasets={"train": {"digits-train": train_images}, "test": {"digits-test": test_images}}, model="MLPClassifier") as run:
        chance = numpy.random.default_rng(config.seed)
        seen, answers = with_shifted(train_images, train_labels, config.aug_shifts)
        seen = with_noise(seen, config.aug_noise, chance).reshape(-1, 64)
        network = MLPClassifier((config.hidden,), alpha=config.l2, learning_rate_init=config.learning_rate, random_state=config.seed)
        for epoch in range(1, config.epochs + 1):
            network.partial_fit(seen, answers, classes=range(10))
            accuracy = float(network.score(test_images.reshape(-1, 64), test_labels))
            run.log({"train_loss": float(network.loss_), "test_acc": accuracy}, step=epoch)
        print(f"test accuracy {accuracy:.3f}")


if __name__ == "__main__":
    train(options().parse_args())
