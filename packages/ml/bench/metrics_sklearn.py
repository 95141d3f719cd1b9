"""Pixel metrics with scikit-learn and a plain AUPRO (scipy). usage: metrics_sklearn.py FOLDER IMAGES SIDE THRESHOLD; prints one JSON line."""
import json, resource, sys, time
import numpy as np
from scipy import ndimage
from sklearn.metrics import average_precision_score, precision_recall_curve, roc_auc_score

folder, count, side, threshold = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
maps = [np.fromfile(f"{folder}/{n}.f32", np.float32).reshape(side, side) for n in range(count)]
masks = [np.fromfile(f"{folder}/{n}.u8", np.uint8).reshape(side, side) for n in range(count)]


def aupro(limit):
    scores, weights, negatives, regions = [], [], [], 0
    for score, mask in zip(maps, masks):
        labels, found = ndimage.label(mask, structure=np.ones((3, 3), int))
        regions += found
        size = np.bincount(labels.ravel(), minlength=found + 1).astype(float)
        scores.append(score.ravel()); negatives.append(labels.ravel() == 0)
        weights.append(np.where(labels > 0, 1 / np.maximum(size[labels], 1), 0).ravel())
    score, weight, negative = np.concatenate(scores), np.concatenate(weights), np.concatenate(negatives)
    order = np.argsort(-score, kind="stable")
    last = np.append(np.nonzero(np.diff(score[order]))[0], score.size - 1)
    x = np.concatenate([[0], np.cumsum(negative[order])[last] / negative.sum()])
    y = np.concatenate([[0], np.cumsum(weight[order])[last] / regions])
    keep = x <= limit
    xs, ys = np.append(x[keep], limit), np.append(y[keep], np.interp(limit, x, y))
    return float(np.sum(np.diff(xs) * (ys[1:] + ys[:-1]) / 2) / limit)


start = time.perf_counter()
score = np.concatenate([each.ravel() for each in maps])
label = np.concatenate([each.ravel() for each in masks])
precision, recall, _ = precision_recall_curve(label, score)
f1 = float(np.max(2 * precision * recall / np.maximum(precision + recall, 1e-12)))
hit = score >= threshold
values = {
    "rocAuc": float(roc_auc_score(label, score)),
    "averagePrecision": float(average_precision_score(label, score)),
    "f1Max": f1,
    "iouBestOracle": f1 / (2 - f1),
    "iouAtValidationThreshold": float((hit & (label == 1)).sum() / (hit | (label == 1)).sum()),
    "aupro30": aupro(0.3),
}
seconds = time.perf_counter() - start
print(json.dumps({"seconds": seconds, "peakMiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "values": values}))
