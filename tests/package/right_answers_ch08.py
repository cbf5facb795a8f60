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

STYLES = {
    "extract_features": EXTRACT_FEATURES,
    "color_histogram_hsv": COLOR_HISTOGRAM_HSV,
    "hog_feature": HOG_FEATURE,
}
