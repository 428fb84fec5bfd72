"""Does scaling pixels to unit variance help a small network on the handwritten digits? Two variants, five seeds each."""

import argparse

import mlflow
from sklearn.datasets import load_digits
from sklearn.metrics import accuracy_score, log_loss
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

HYPOTHESIS = {
    "lemma.hypothesis": "We believe that standardising every pixel will increase test_acc by at least 0.005, because rarely inked border pixels then count as much as the others.",
    "lemma.change": "standardising every pixel",
    "lemma.because": "rarely inked border pixels then count as much as the others",
    "lemma.metric": "test_acc",
    "lemma.direction": "increase",
    "lemma.min_effect": "0.005",
}


def train(seed: int, standardise: bool, epochs: int) -> None:
    """One run: a network with one hidden layer, its test accuracy after every epoch."""
    images, labels = load_digits(return_X_y=True)
    train_images, test_images, train_labels, test_labels = train_test_split(images, labels, train_size=600, random_state=0, stratify=labels)
    if standardise:
        scaler = StandardScaler().fit(train_images)
        train_images, test_images = scaler.transform(train_images), scaler.transform(test_images)
    else:
        train_images, test_images = train_images / 16, test_images / 16

    with mlflow.start_run(run_name=f"{'standardised' if standardise else 'plain'}, seed {seed}"):
        mlflow.log_params({"standardise": standardise, "hidden": 32, "learning_rate": 0.01, "epochs": epochs, "seed": seed})
        network = MLPClassifier(hidden_layer_sizes=(32,), learning_rate_init=0.01, random_state=seed)
        for epoch in range(1, epochs + 1):
            network.partial_fit(train_images, train_labels, classes=range(10))
            probabilities = network.predict_proba(test_images)
            mlflow.log_metrics({
                "train_loss": float(network.loss_),
                "test_acc": float(accuracy_score(test_labels, probabilities.argmax(axis=1))),
                "test_nll": float(log_loss(test_labels, probabilities, labels=list(range(10)))),
            }, step=epoch)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seeds", type=int, default=5)
    arguments.add_argument("--epochs", type=int, default=30)
    arguments.add_argument("--experiment", default="digits-sklearn/standardised pixels")
    arguments.add_argument("--no-hypothesis", action="store_true")
    options = arguments.parse_args()

    mlflow.set_experiment(options.experiment)
    if not options.no_hypothesis:
        mlflow.set_experiment_tags(HYPOTHESIS)
    for seed in range(options.seeds):
        for standardise in (False, True):
            train(seed, standardise, options.epochs)
