"""Computes with scikit-learn what the library computes, on scores that follow from a formula. Run with scikit-learn 1.2.1 and numpy 1.24.2."""

import numpy as np
from sklearn import metrics

CLASSES, ROWS = 5, 60


def draw(number, count):
    """Numbers from 0 to 1 that a linear congruential generator makes, as Lcg in the tests does."""
    state, out = number, []
    for _ in range(count):
        state = (state * 1664525 + 1013904223) % 2**32
        out.append((state >> 8) / 2.0**24)
    return np.array(out)


logits = np.float32(np.round(draw(1, ROWS * CLASSES), 2) * 4).reshape(ROWS, CLASSES)
exponentials = np.exp(logits.astype(np.float64))
scores = (exponentials / exponentials.sum(axis=1, keepdims=True)).astype(np.float32)
labels = np.floor(draw(2, ROWS) * 4).astype(int)  # The last class is right or predicted, never confused with another.
labels[::2] = scores[::2].argmax(axis=1)
predicted = scores.argmax(axis=1)
precision, recall, f1, support = metrics.precision_recall_fscore_support(labels, predicted, labels=range(CLASSES), zero_division=0)
print("accuracy", metrics.accuracy_score(labels, predicted))
for k in (2, 3):
    print("top", k, metrics.top_k_accuracy_score(labels, scores, k=k, labels=range(CLASSES)))
print("log-loss", metrics.log_loss(labels, scores.astype(np.float64), labels=range(CLASSES)))
print("macro F1", metrics.f1_score(labels, predicted, average="macro"))
print("precision", precision.tolist())
print("recall", recall.tolist())
print("f1", f1.tolist())
print("support", support.tolist())
print("confusion", metrics.confusion_matrix(labels, predicted, labels=range(CLASSES)).tolist())

truth = draw(3, ROWS * CLASSES).reshape(ROWS, CLASSES) < 0.4
values = np.float32(np.round(draw(4, ROWS * CLASSES).reshape(ROWS, CLASSES) * 0.7 + truth * 0.3, 1))  # Rounded: many ties.
print("average precision", metrics.average_precision_score(truth, values, average=None).tolist())
print("mean average precision", metrics.average_precision_score(truth, values, average="macro"))
decided = values >= np.float32(0.5)
print("micro F1", metrics.f1_score(truth, decided, average="micro"))
print("macro F1", metrics.f1_score(truth, decided, average="macro"))
