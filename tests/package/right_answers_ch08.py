"""Right answers to chapter 8 in many styles: each gets full marks. All start after ``import numpy as np``."""

EXTRACT_FEATURES = {
    "filled by slices": """
def extract_features(imgs, feature_fns):
    N = imgs.shape[0]
    first = [np.ravel(f(imgs[0])) for f in feature_fns]
    F = np.zeros((N, sum(len(part) for part in first)))
    for i in range(N):
        at = 0
        for f, known in zip(feature_fns, first):
            F[i, at:at + len(known)] = f(imgs[i].squeeze())
            at += len(known)
    return F
""",
    "columns side by side": """
def extract_features(imgs, feature_fns):
    return np.hstack([np.array([np.atleast_1d(f(im)) for im in imgs]) for f in feature_fns])
""",
    "lists of numbers": """
def extract_features(imgs, feature_fns):
    out = []
    for im in imgs:
        row = []
        for f in feature_fns:
            said = f(im)
            row += [float(said)] if np.ndim(said) == 0 else [float(v) for v in said]
        out.append(row)
    print(len(out), "images")
    return out
""",
    "of the course, turned": """
def extract_features(imgs, feature_fns):
    columns = []
    for i in range(len(imgs)):
        columns.append(np.hstack([f(imgs[i]) for f in feature_fns]))
    return np.stack(columns, axis=1).T
""",
}

COLOR_HISTOGRAM_HSV = {
    "float32, in degrees": """
def color_histogram_hsv(im, nbin=10):
    x = im.astype("float32") / 255
    r, g, b = x[..., 0], x[..., 1], x[..., 2]
    big, gap = x.max(axis=-1), x.max(axis=-1) - x.min(axis=-1)
    h = np.zeros(gap.shape, "float32")
    for own, one, other, start in ((r, g, b, 0), (g, b, r, 120), (b, r, g, 240)):
        here = (own == big) & (gap > 0)
        h[here] = start + 60 * (one[here] - other[here]) / gap[here]
    h[h < 0] += 360
    place = np.minimum(h // (360 / nbin), nbin - 1).astype(int)
    counts = np.zeros(nbin, "float32")
    np.add.at(counts, place, 1)
    return counts / place.size
""",
    "one-hot ranges": """
def color_histogram_hsv(im, nbin=10):
    c = im.reshape(-1, 3) * 1.0
    gap = c.max(1) - c.min(1)
    with np.errstate(all="ignore"):
        three = np.stack([c[:, 1] - c[:, 2], c[:, 2] - c[:, 0], c[:, 0] - c[:, 1]], 1) / gap[:, None]
    sixths = (three + [0, 2, 4])[np.arange(len(c)), c.argmax(1)] % 6
    hue = np.nan_to_num(sixths / 6)
    hot = np.eye(nbin)[np.clip((hue * nbin).astype(int), 0, nbin - 1)]
    return np.matrix(hot.mean(axis=0))
""",
    "colorsys": """
import colorsys

def color_histogram_hsv(im, nbin=10):
    counts = [0] * nbin
    for r, g, b in im.reshape(-1, 3).tolist():
        hue = colorsys.rgb_to_hsv(r / 255, g / 255, b / 255)[0]
        counts[min(int(hue * nbin), nbin - 1)] += 1
    return [c / (im.shape[0] * im.shape[1]) for c in counts]
""",
    "arrays and np.histogram": """
def color_histogram_hsv(im, nbin=10):
    c = im.astype(np.float64).reshape(-1, 3) / 255
    r, g, b = c[:, 0], c[:, 1], c[:, 2]
    mx, gap = c.max(1), c.max(1) - c.min(1)
    safe = np.where(gap == 0, 1, gap)
    values = [0 * r, ((g - b) / safe) % 6, 2 + (b - r) / safe]
    hue = np.select([gap == 0, mx == r, mx == g], values, 4 + (r - g) / safe)
    counts, _ = np.histogram(hue / 6, bins=nbin, range=(0, 1))
    return counts / counts.sum()
""",
    "a loop over the ranges, on 0..255": """
def color_histogram_hsv(im, nbin=10):
    im = np.array(im, dtype=float)
    h = np.zeros(im.shape[:2])
    top, low = im.max(axis=2), im.min(axis=2)
    for i in range(h.shape[0]):
        for j in range(h.shape[1]):
            gap, (r, g, b) = top[i, j] - low[i, j], im[i, j]
            if gap > 0:
                k = int(im[i, j].argmax())
                h[i, j] = [(g - b) / gap, 2 + (b - r) / gap, 4 + (r - g) / gap][k]
                if h[i, j] < 0:
                    h[i, j] += 6
    h = 255 * h / 6
    edges = np.linspace(0, 255, nbin + 1)
    edges[-1] += 1
    return np.array([np.mean((h >= edges[k]) & (h < edges[k + 1])) for k in range(nbin)])
""",
    "bincount": """
def color_histogram_hsv(im, nbin=10):
    c = np.asarray(im, np.float64)
    k, gap = c.argmax(-1), np.ptp(c, axis=-1)
    nxt = np.take_along_axis(c, ((k + 1) % 3)[..., None], -1)[..., 0]
    last = np.take_along_axis(c, ((k + 2) % 3)[..., None], -1)[..., 0]
    hue = np.where(gap > 0, (2 * k + (nxt - last) / np.maximum(gap, 1e-300)) / 6 % 1, 0)
    place = np.minimum((hue * nbin).astype(int), nbin - 1)
    return np.bincount(place.ravel(), minlength=nbin) / place.size
""",
}

HOG_FEATURE = {
    "float32 inside, weights as a product, a small number in the angle": """
def hog_feature(im):
    gray = im.astype(np.float32)
    if im.ndim == 3:
        gray = gray @ np.array([0.299, 0.587, 0.114], np.float32)
    H, W = gray.shape
    gx = np.zeros((H, W), np.float32)
    gy = np.zeros_like(gx)
    gx[:, 1:-1] = gray[:, 2:] - gray[:, :-2]
    gy[1:-1, :] = gray[2:, :] - gray[:-2, :]
    mag = np.sqrt(gx ** 2 + gy ** 2)
    ang = np.arctan(gy / (gx + np.float32(1e-15))) * (180 / np.pi) % 180
    which = np.minimum((ang / 20).astype(int), 8)
    out = []
    for r in range(H // 8):
        for c in range(W // 8):
            cell = np.s_[8 * r:8 * r + 8, 8 * c:8 * c + 8]
            out.append(np.bincount(which[cell].ravel(), weights=mag[cell].ravel(), minlength=9) / 64)
    return np.concatenate(out)
""",
    "one-hot bins and einsum": """
def brightness(im):
    return im.astype(float) if im.ndim < 3 else np.einsum("ijc,c->ij", im.astype(float), [.299, .587, .114])

def hog_feature(im):
    g = brightness(im)
    gx, gy = 0 * g, 0 * g
    gx[:, 1:-1] = np.diff(g, axis=1)[:, 1:] + np.diff(g, axis=1)[:, :-1]
    gy[1:-1] = np.diff(g, axis=0)[1:] + np.diff(g, axis=0)[:-1]
    z = gx + 1j * gy
    k = (np.angle(z, deg=True) // 20).astype(int) % 9
    R, C = g.shape[0] // 8, g.shape[1] // 8
    votes = (np.abs(z)[..., None] * np.eye(9)[k])[:8 * R, :8 * C]
    print(votes.shape)
    return np.einsum("iajbk->ijk", votes.reshape(R, 8, C, 8, 9)).ravel() / 64
""",
    "np.matrix": """
def hog_feature(im):
    x = np.asarray(im, float)
    x = x if x.ndim == 2 else x.dot([.299, .587, .114])
    H, W = x.shape
    right, down = np.eye(W, k=-1) - np.eye(W, k=1), np.eye(H, k=1) - np.eye(H, k=-1)
    right[:, [0, -1]] = 0
    down[[0, -1]] = 0
    gx, gy = np.asarray(np.matrix(x) * np.matrix(right)), np.asarray(np.matrix(down) * np.matrix(x))
    hist = np.zeros((H // 8, W // 8, 9))
    for i in range(H // 8 * 8):
        for j in range(W // 8 * 8):
            a = np.degrees(np.arctan2(gy[i, j], gx[i, j]))
            while a < 0:
                a += 180
            hist[i // 8, j // 8, int(a // 20) % 9] += np.hypot(gx[i, j], gy[i, j])
    return np.matrix(hist.ravel() / 64)
""",
    "one pixel at a time": """
import math

def hog_feature(im):
    H, W = len(im), len(im[0])
    def b(i, j):
        p = im[i][j]
        return float(p) if im.ndim == 2 else 0.299 * float(p[0]) + 0.587 * float(p[1]) + 0.114 * float(p[2])
    gray = [[b(i, j) for j in range(W)] for i in range(H)]
    rows, cols = H // 8, W // 8
    out = [0.0] * (rows * cols * 9)
    for i in range(8 * rows):
        for j in range(8 * cols):
            gx = gray[i][j + 1] - gray[i][j - 1] if 0 < j < W - 1 else 0.0
            gy = gray[i + 1][j] - gray[i - 1][j] if 0 < i < H - 1 else 0.0
            k = int((math.degrees(math.atan2(gy, gx)) % 180) // 20) % 9
            out[((i // 8) * cols + j // 8) * 9 + k] += math.hypot(gx, gy) / 64
    return out
""",
    "cells by slices": """
def hog_feature(im):
    im = np.atleast_2d(im).astype("float")
    gray = np.dot(im, [0.299, 0.587, 0.114]) if im.ndim == 3 else im
    gx, gy = np.zeros(gray.shape), np.zeros(gray.shape)
    gx[:, 1:-1] = gray[:, 2:] - gray[:, :-2]
    gy[1:-1, :] = gray[2:, :] - gray[:-2, :]
    mag, ang = np.hypot(gx, gy), np.rad2deg(np.arctan2(gy, gx)) % 180
    ang[ang == 180] = 0
    ny, nx = gray.shape[0] // 8, gray.shape[1] // 8
    hist = np.zeros((ny, nx, 9))
    for i in range(ny):
        for j in range(nx):
            m, a = mag[8*i:8*i+8, 8*j:8*j+8], ang[8*i:8*i+8, 8*j:8*j+8]
            for k in range(9):
                hist[i, j, k] = np.sum(m * (a >= 20 * k) * (a < 20 * (k + 1))) / 64
    return hist.flatten()
""",
    "np.histogram in each cell, np.gradient": """
def hog_feature(im):
    gray = im.astype(float)
    if im.ndim == 3:
        gray = 0.299 * im[:, :, 0] + 0.587 * im[:, :, 1] + 0.114 * im[:, :, 2]
    gy, gx = (2 * g for g in np.gradient(gray))
    gx[:, [0, -1]] = 0
    gy[[0, -1]] = 0
    mag = np.sqrt(gx * gx + gy * gy)
    ang = np.mod(np.degrees(np.arctan2(gy, gx)), 180.0)
    ang[ang >= 180] = 0
    parts = []
    for i in range(0, gray.shape[0] // 8 * 8, 8):
        for j in range(0, gray.shape[1] // 8 * 8, 8):
            box = (slice(i, i + 8), slice(j, j + 8))
            parts.append(np.histogram(ang[box], bins=9, range=(0, 180), weights=mag[box])[0] / 64)
    return np.concatenate(parts)
""",
    "reshaped cells, add.at": """
def hog_feature(im):
    x = np.asarray(im, dtype=np.float64)
    if x.ndim == 3:
        x = x[..., 0] * .299 + x[..., 1] * .587 + x[..., 2] * .114
    p = np.pad(x, 1, mode="edge")
    gx, gy = p[1:-1, 2:] - p[1:-1, :-2], p[2:, 1:-1] - p[:-2, 1:-1]
    gx[:, 0] = gx[:, -1] = 0
    gy[0] = gy[-1] = 0
    R, C = x.shape[0] // 8, x.shape[1] // 8
    i, j = np.mgrid[:8 * R, :8 * C]
    k = np.floor_divide(np.degrees(np.arctan2(gy, gx)) % 180, 20).astype(int) % 9
    out = np.zeros((R, C, 9))
    np.add.at(out, (i // 8, j // 8, k[:8 * R, :8 * C]), np.hypot(gx, gy)[:8 * R, :8 * C] / 64)
    return out.reshape(-1)
""",
}

DEBUG_VOTES = {
    "the two lines": """
def debug_votes(gx, gy):
    angle = np.degrees(np.arctan2(gy, gx)) % 180
    magnitude = np.sqrt(gx**2 + gy**2)
    histogram = np.zeros(9)
    for k in range(9):
        inside = angle // 20 == k
        histogram[k] = magnitude[inside].sum() / gx.size
    return histogram
""",
    "turned in place, a mean over all": """
def debug_votes(gx, gy):
    angle = np.degrees(np.arctan2(gy, gx))
    angle[angle < 0] += 180
    angle[angle == 180] = 0
    magnitude = np.hypot(gx, gy)
    return [np.where((angle >= 20 * k) & (angle < 20 * k + 20), magnitude, 0).mean() for k in range(9)]
""",
    "one histogram": """
def debug_votes(gx, gy):
    angle = np.mod(np.degrees(np.arctan2(gy, gx)), 180)
    votes, _ = np.histogram(angle, bins=9, range=(0, 180), weights=np.sqrt(gx * gx + gy * gy))
    return votes / (gx.shape[0] * gx.shape[1])
""",
}

DERIVE_HUE = {
    "one over": """
def derive_hue(low, step, rest):
    return 1 / (6 * (1 + rest / step))
""",
    "with the channels": """
def derive_hue(low, step, rest):
    red, green, blue = low + step + rest, low + step, low
    return sp.Rational(1, 6) * (green - blue) / (sp.Max(red, green, blue) - sp.Min(red, green, blue))
""",
    "what is missing to yellow": """
def derive_hue(low, step, rest):
    return (1 - rest / (rest + step)) / 6
""",
    "expanded, and the root of a square": """
def derive_hue(low, step, rest):
    return sp.sqrt(step**2) / sp.expand(6 * step + 6 * rest)
""",
}

PREDICT_HOG = {
    "a list": """
def predict_hog():
    return [6 * 5 * 9, False, True]
""",
    "an array, truths as numbers": """
def predict_hog():
    return np.array([270.0, 0, 1])
""",
    "numpy's truths": """
def predict_hog():
    return np.int64(270), np.bool_(False), np.bool_(True)
""",
}

MEASURE_FEATURES = {
    "a list of three decimals": """
def measure_features():
    return [0.427, 0.23, 0.365]
""",
    "an array of shares": """
def measure_features():
    return np.array([171, 92, 146]) / 400
""",
}

SYMPY = "import sympy as sp\n"
STYLES = {
    "extract_features": EXTRACT_FEATURES,
    "color_histogram_hsv": COLOR_HISTOGRAM_HSV,
    "hog_feature": HOG_FEATURE,
    "derive_hue": {style: SYMPY + text for style, text in DERIVE_HUE.items()},
    "predict_hog": PREDICT_HOG,
    "debug_votes": DEBUG_VOTES,
    "measure_features": MEASURE_FEATURES,
}
