"""More training images out of those there are."""

import numpy

NEIGHBOURS = [(0, 1), (0, -1), (1, 0), (-1, 0)]


def moved(images: numpy.ndarray, down: int, right: int) -> numpy.ndarray:
    """The images, moved by at most one pixel; what comes in at the edge is blank."""
    framed = numpy.pad(images, ((0, 0), (1, 1), (1, 1)))
    return framed[:, 1 - down:9 - down, 1 - right:9 - right]


def with_shifted(images: numpy.ndarray, labels: numpy.ndarray, count: int):
    """Each image once as it is, and ``count`` times moved by a pixel."""
    directions = NEIGHBOURS[:count]
    return numpy.concatenate([images, *(moved(images, *each) for each in directions)]), numpy.tile(labels, 1 + len(directions))


def with_noise(images: numpy.ndarray, strength: float, chance: numpy.random.Generator) -> numpy.ndarray:
    """Every pixel a little brighter or darker; 1 is from blank to full ink."""
    return images + chance.normal(0, strength, images.shape) if strength else images
