"""A convolutional network for the same digits, as a colleague wrote it. It knows nothing of Lemma."""

import argparse

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--channels", type=int, default=16)
parser.add_argument("--seed", type=int, default=1)
given = parser.parse_args()

import torch  # noqa: E402
from sklearn.datasets import load_digits  # noqa: E402

torch.manual_seed(given.seed)
images, labels = load_digits(return_X_y=True)
network = torch.nn.Sequential(torch.nn.Conv2d(1, given.channels, 3, padding=1), torch.nn.ReLU(), torch.nn.Flatten(), torch.nn.Linear(given.channels * 64, 10))
optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
inputs, targets = torch.tensor(images[:200] / 16, dtype=torch.float32).reshape(-1, 1, 8, 8), torch.tensor(labels[:200])
for epoch in range(30):
    loss = torch.nn.functional.cross_entropy(network(inputs), targets)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(f"training loss {loss.item():.3f}")
